using TsMapSurvey.Estimators;

namespace TsMapSurvey.Surveys.Names;

/// <summary>Names of the quantities of a survey: those of FluxMaps, and those of the stack.</summary>
public static class QuantityNames
{
    private static readonly string[] Always = ["npred", "npred_excess", "stat", "stat_null", "niter", "success", "status"];

    public const string Exposure = "exposure";

    public const string ExposureUnit = "m2 s";

    /// <summary>The quantities of the stack: those that are summed over energies, and the exposure.</summary>
    public static IReadOnlyList<string> OfStack { get; } = ["counts", "background", "excess", Exposure];

    public static bool IsOfStack(string quantity) => OfStack.Contains(quantity);

    /// <summary>Whether the quantity is summed over energies; it is then the same for every map of the survey.</summary>
    public static bool IsSummed(string quantity) => IsOfStack(quantity) && !IsExposure(quantity);

    /// <summary>Whether the quantity is the exposure, which each map weights with its spectrum in each of its energy bins.</summary>
    public static bool IsExposure(string quantity) => quantity == Exposure;

    /// <summary>All quantities of a map, with the most used ones first.</summary>
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
