using TsMapSurvey.Events.Reduction;
using TsMapSurvey.Maps;

namespace TsMapSurvey.Surveys;

/// <summary>How event lists become datasets: the property <c>events</c> of survey.json, whose words are those of
/// <see cref="ReductionWords"/>.</summary>
public sealed record EventsDefinition
{
    public const string DefaultBackground = "fov-norm";
    public const double DefaultPercent = 10;
    public const double DefaultPsfRadiusDeg = 0.66;

    /// <summary>Methods of the safe mask.</summary>
    public IReadOnlyList<string> SafeMask { get; init; } = DefaultSafeMask;

    /// <summary>Radius of the safe field in degrees.</summary>
    public double OffsetMaxDeg { get; init; } = ReductionOptions.DefaultOffsetMaxDeg;

    /// <summary>For aeff-max: the share of the largest effective area in percent.</summary>
    public double AeffPercent { get; init; } = DefaultPercent;

    /// <summary>For edisp-bias: the largest bias in percent.</summary>
    public double BiasPercent { get; init; } = DefaultPercent;

    /// <summary>Radius in degrees up to which PSF maps know the PSF, in as many bins as gammapy's default axis has.</summary>
    public double PsfRadiusDeg { get; init; } = DefaultPsfRadiusDeg;

    public string Background { get; init; } = DefaultBackground;

    /// <summary>A map file or blob that is 0 where events of known sources are, which do not count for the background; null for none.
    /// </summary>
    public string? Exclusion { get; init; }

    /// <summary>Maps for event lists without responses; null for none.</summary>
    public GivenDefinition? Given { get; init; }

    internal static IReadOnlyList<string> DefaultSafeMask { get; } = ["offset-max", "aeff-default"];

    /// <param name="exclusion">The content of <see cref="Exclusion"/>; null if that is null.</param>
    public ReductionOptions ToOptions(Map<bool>? exclusion) => new()
    {
        SafeMask = [.. SafeMask.Select(word => ReductionWords.SafeMasks[word])],
        OffsetMaxDeg = OffsetMaxDeg,
        AeffPercent = AeffPercent,
        BiasPercent = BiasPercent,
        Background = ReductionWords.Backgrounds[Background],
        Exclusion = exclusion,
    };
}
