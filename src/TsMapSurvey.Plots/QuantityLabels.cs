namespace TsMapSurvey.Plots;

/// <summary>Labels, units and default colours of the quantities, by their names everywhere (FluxMaps and stacks).</summary>
public static class QuantityLabels
{
    // Linear below 5 sigma, where noise and faint sources are, logarithmic above, where the shape of bright ones is.
    private static readonly ColorScale Significance = new(Colormap.Significance, Stretch.Asinh) { Softening = 5, HighPercentile = 100, Includes = (-3, 6) };
    private static readonly ColorScale TestStatistic = new(Colormap.Significance, Stretch.Asinh) { Softening = 25, HighPercentile = 100, Includes = (0, 36) };
    private static readonly ColorScale Flux = new(Colormap.Inferno, Stretch.Sqrt) { LowPercentile = 2 };
    private static readonly ColorScale Positive = new(Colormap.Viridis);
    private static readonly ColorScale Counts = new(Colormap.Inferno, Stretch.Sqrt) { LowPercentile = 0, HighPercentile = 99.9, Includes = (0, 1) };
    private static readonly ColorScale Expected = new(Colormap.Inferno, Stretch.Sqrt);
    private static readonly ColorScale Signed = new(Colormap.BlueRed);
    private static readonly ColorScale Plain = new(Colormap.Viridis);

    private static readonly Dictionary<string, QuantityLabel> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ts"] = new("TS", "", TestStatistic),
        ["sqrt_ts"] = new("√TS", "σ", Significance),
        ["sqrt_ts_resid"] = new("√TS of the residual", "σ", Significance),
        ["significance"] = new("Significance", "σ", Significance),
        ["stat"] = new("Fit statistic", "", Plain) { IsAdditive = true },
        ["stat_null"] = new("Fit statistic without source", "", Plain) { IsAdditive = true },
        ["niter"] = new("Iterations", "", Plain),
        ["success"] = new("Fit converged", "", new(Colormap.Gray, Stretch.Linear, 0, 1)),
        ["npred"] = new("Predicted counts", "", Expected) { IsAdditive = true },
        ["npred_excess"] = new("Predicted excess counts", "", Signed) { IsAdditive = true },
        ["counts"] = new("Counts", "", Counts) { IsAdditive = true },
        ["background"] = new("Background counts", "", Expected) { IsAdditive = true },
        ["excess"] = new("Excess counts", "", Signed) { IsAdditive = true },
        ["exposure"] = new("Exposure", "m2 s", Positive),
        ["mask_safe"] = new("Safe mask", "", new(Colormap.Gray, Stretch.Linear, 0, 1)),
        ["mask_fit"] = new("Fit mask", "", new(Colormap.Gray, Stretch.Linear, 0, 1)),
    };

    // Kind and suffix make the flux-like quantities: flux, flux_err, ..., e2dnde_sensitivity.
    private static readonly (string Name, string Text, string Unit)[] Kinds =
    [
        ("norm", "Norm", ""), ("flux", "Flux", "cm-2 s-1"), ("eflux", "Energy flux", "TeV cm-2 s-1"),
        ("dnde", "dN/dE", "cm-2 s-1 TeV-1"), ("e2dnde", "E² dN/dE", "TeV cm-2 s-1"),
    ];

    private static readonly (string Name, string Text, ColorScale Scale)[] Suffixes =
    [
        ("", "", Flux), ("_err", " error", Positive), ("_errn", " error, lower", Positive), ("_errp", " error, upper", Positive),
        ("_ul", " upper limit", Positive), ("_sensitivity", " sensitivity", Positive),
    ];

    static QuantityLabels()
    {
        foreach (var kind in Kinds)
            foreach (var suffix in Suffixes)
                Known[kind.Name + suffix.Name] = new(kind.Text + suffix.Text, kind.Unit, suffix.Scale);
    }

    /// <summary>The names that have a label of their own.</summary>
    public static IReadOnlyCollection<string> Names => Known.Keys;

    /// <summary>The label of a quantity or HDU (capitals or not, as <c>sqrt_ts</c> or <c>SQRT_TS</c>); an unknown name stands for itself.</summary>
    public static QuantityLabel Of(string quantity) =>
        Known.TryGetValue(quantity, out var label) ? label : new QuantityLabel(quantity, "", Plain);
}
