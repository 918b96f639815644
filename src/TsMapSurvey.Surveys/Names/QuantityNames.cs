using TsMapSurvey.Estimators;

namespace TsMapSurvey.Surveys.Names;

/// <summary>The quantities of a survey by name: those that FluxMaps will have, and those of the stack.</summary>
public static class QuantityNames
{
    private static readonly string[] Always = ["npred", "npred_excess", "stat", "stat_null", "niter", "success", "status"];

    public const string Exposure = "exposure";

    /// <summary>Of the exposure.</summary>
    public const string ExposureUnit = "m2 s";

    /// <summary>Those that come from the stack: what is summed over energies, and the exposure.</summary>
    public static IReadOnlyList<string> OfStack { get; } = ["counts", "background", "excess", Exposure];

    public static bool IsOfStack(string quantity) => OfStack.Contains(quantity);

    /// <summary>Whether it is summed over energies, and the same for every map of the survey.</summary>
    public static bool IsSummed(string quantity) => IsOfStack(quantity) && !IsExposure(quantity);

    /// <summary>Whether it is the exposure, which each map weights with its own spectrum in each of its energy bins.</summary>
    public static bool IsExposure(string quantity) => quantity == Exposure;

    /// <summary>All of a map, what people look at first in front.</summary>
    public static IReadOnlyList<string> Of(TsMapOptions options)
    {
        string[] suffixes =
        [
            "", "_err",
            .. options.Selection.HasFlag(TsMapSelection.Ul) ? ["_ul"] : Array.Empty<string>(),
            .. options.Selection.HasFlag(TsMapSelection.Sensitivity) ? ["_sensitivity"] : Array.Empty<string>(),
            .. options.Selection.HasFlag(TsMapSelection.ErrnErrp) ? ["_errn", "_errp"] : Array.Empty<string>(),
        ];
        return ["sqrt_ts", "ts", .. OfStack, .. FluxKind.All.SelectMany(kind => suffixes.Select(suffix => kind.Name + suffix)), .. Always];
    }
}
