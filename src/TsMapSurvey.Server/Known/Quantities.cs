using TsMapSurvey.Maps.Estimators;

namespace TsMapSurvey.Server;

/// <summary>The quantities of a survey by name: those that FluxMaps will have, and those of the stack.</summary>
internal static class Quantities
{
    private static readonly string[] Always = ["npred", "npred_excess", "stat", "stat_null", "niter", "success", "status"];
    private static readonly string[] Kinds = ["norm", "flux", "dnde", "eflux", "e2dnde"];

    /// <summary>Those of the stack; summed over energies.</summary>
    public static IReadOnlyList<string> OfStack { get; } = ["counts", "background", "excess", "exposure"];

    public static bool IsOfStack(string quantity) => OfStack.Contains(quantity);

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
        return ["sqrt_ts", "ts", .. OfStack, .. Kinds.SelectMany(kind => suffixes.Select(suffix => kind + suffix)), .. Always];
    }
}
