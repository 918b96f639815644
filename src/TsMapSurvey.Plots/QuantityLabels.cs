using TsMapSurvey.Estimators;
using TsMapSurvey.Maps;

namespace TsMapSurvey.Plots;

/// <summary>Labels, units and default colours of the quantities of FluxMaps and stacks, by their names.</summary>
public static class QuantityLabels
{
    // Linear below 5 sigma for noise and faint sources, logarithmic above for the shape of bright sources.
    private static readonly ColorScale Significance = new(Colormap.Significance, Stretch.Asinh)
    { Softening = 5, HighPercentile = 100, Includes = (-3, 6) };
    private static readonly ColorScale TestStatistic = new(Colormap.Significance, Stretch.Asinh)
    { Softening = 25, HighPercentile = 100, Includes = (0, 36) };
    private static readonly ColorScale Flux = new(Colormap.Inferno, Stretch.Sqrt) { LowPercentile = 2 };
    private static readonly ColorScale Positive = new(Colormap.Viridis);
    private static readonly ColorScale Counts = new(Colormap.Inferno, Stretch.Sqrt)
    { LowPercentile = 0, HighPercentile = 99.9, Includes = (0, 1) };
    private static readonly ColorScale Expected = new(Colormap.Inferno, Stretch.Sqrt);
    private static readonly ColorScale Signed = new(Colormap.BlueRed);
    private static readonly ColorScale Plain = new(Colormap.Viridis);
    private static readonly ColorScale YesNo = new(Colormap.Gray, Stretch.Linear, 0, 1);

    private static readonly Dictionary<string, QuantityLabel> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ts"] = new("TS", "", TestStatistic),
        ["sqrt_ts"] = new("√TS", "σ", Significance),
        ["sqrt_ts_resid"] = new("√TS of the residual", "σ", Significance),
        ["significance"] = new("Significance", "σ", Significance),
        ["stat"] = new("Fit statistic", "", Plain) { IsAdditive = true },
        ["stat_null"] = new("Fit statistic without source", "", Plain) { IsAdditive = true },
        ["niter"] = new("Iterations", "", Plain),
        ["success"] = new("Fit converged", "", YesNo) { IsMask = true },
        ["is_ul"] = new("Upper limit only", "", YesNo) { IsMask = true },
        ["npred"] = new("Predicted counts", "", Expected) { IsAdditive = true },
        ["npred_excess"] = new("Predicted excess counts", "", Signed) { IsAdditive = true },
        ["counts"] = new("Counts", "", Counts) { IsAdditive = true },
        ["background"] = new("Background counts", "", Expected) { IsAdditive = true },
        ["counts_off"] = new("Off counts", "", Counts) { IsAdditive = true },
        ["excess"] = new("Excess counts", "", Signed) { IsAdditive = true },
        ["exposure"] = new("Exposure", "m2 s", Positive),
        ["mask_safe"] = new("Safe mask", "", YesNo) { IsMask = true },
        ["mask_fit"] = new("Fit mask", "", YesNo) { IsMask = true },
    };

    // Flux-like quantities have a kind and a suffix: flux, flux_err, ..., e2dnde_sensitivity.
    private static readonly (string Name, string Text, ColorScale Scale)[] Suffixes =
    [
        ("", "", Flux), ("_err", " error", Positive), ("_errn", " error, lower", Positive), ("_errp", " error, upper", Positive),
        ("_ul", " upper limit", Positive), ("_sensitivity", " sensitivity", Positive),
    ];

    private static readonly HashSet<string> CountUnits =
        new(["", "count", "counts", "ct", "cts", "ph", "photon", "photons"], StringComparer.OrdinalIgnoreCase);

    static QuantityLabels()
    {
        foreach (var kind in FluxKind.All)
            foreach (var suffix in Suffixes)
                Known[kind.Name + suffix.Name] = new(kind.Text + suffix.Text, kind.Unit, suffix.Scale);
    }

    /// <summary>Names of the known quantities.</summary>
    public static IReadOnlyCollection<string> Names => Known.Keys;

    /// <summary>
    /// The label of a quantity or HDU, not case-sensitive (<c>sqrt_ts</c> or <c>SQRT_TS</c>). The label of an unknown name is the name.
    /// </summary>
    public static QuantityLabel Of(string quantity) =>
        Known.TryGetValue(quantity, out var label) ? label : new QuantityLabel(quantity, "", Plain);

    /// <summary>
    /// The label of a map with an unknown quantity: a name, its unit, and neutral colours. Its planes are summed if they may be counts: the
    /// planes are bins or have no coordinates, and the unit is none or that of counts.
    /// </summary>
    /// <param name="text">Name of the HDU or the file.</param>
    /// <param name="isMask">Whether the file stores bits instead of numbers; ignored if the map has values other than 0 and 1.</param>
    public static QuantityLabel Neutral(string text, Map<double> map, bool isMask)
    {
        if (isMask && map.Data.AsSpan().IndexOfAnyExcept(0, 1) < 0) return new QuantityLabel(text, "", YesNo) { IsMask = true };
        var isOfPoints = map.Geometry.Axes.Any(axis => axis is { Kind: AxisNodes.Centers, Unit.Length: > 0 });
        return new QuantityLabel(text, "", Plain) { IsAdditive = !isOfPoints && CountUnits.Contains(map.Unit.Trim()) };
    }
}
