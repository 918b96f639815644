namespace TsMapSurvey.Events.Reduction;

/// <summary>The names of methods in survey.json, which are gammapy's.</summary>
public static class ReductionWords
{
    public static IReadOnlyDictionary<string, SafeMaskMethod> SafeMasks { get; } = new Dictionary<string, SafeMaskMethod>
    {
        ["offset-max"] = SafeMaskMethod.OffsetMax,
        ["aeff-default"] = SafeMaskMethod.AeffDefault,
        ["aeff-max"] = SafeMaskMethod.AeffMax,
        ["edisp-bias"] = SafeMaskMethod.EdispBias,
        ["bkg-peak"] = SafeMaskMethod.BkgPeak,
    };

    public static IReadOnlyDictionary<string, BackgroundMethod> Backgrounds { get; } = new Dictionary<string, BackgroundMethod>
    {
        ["fov-norm"] = BackgroundMethod.FovNorm,
        ["none"] = BackgroundMethod.None,
    };
}
