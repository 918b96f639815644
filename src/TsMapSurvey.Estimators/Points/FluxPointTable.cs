using MathNet.Numerics;
using TsMapSurvey.Sky;
using TsMapSurvey.Tables;

namespace TsMapSurvey.Estimators.Points;

/// <summary>
/// Flux points as a table in the format gadf-sed (https://gamma-astro-data-formats.readthedocs.io, Flux points) with SED_TYPE dnde, which
/// gammapy's FluxPoints.read can read. It also has the columns of SED_TYPE likelihood.
/// </summary>
public static class FluxPointTable
{
    private const string Density = "phot.flux.density;em.gamma";

    /// <summary>gammapy shows a point with a smaller sqrt_ts as an upper limit.</summary>
    public const double UpperLimitBelowSqrtTs = 2;

    private static readonly (string Name, string What)[] Plain =
    [
        ("sqrt_ts", "Significance: square root of TS, with the sign of the norm"), ("ts", "Test statistic"),
        ("npred", "Counts predicted under the kernel"),
        ("npred_excess", "Counts predicted for the source"), ("counts", "Counts under the kernel"),
        ("stat", "Cash statistic with the source"),
        ("stat_null", "Cash statistic without the source"), ("niter", "Iterations of the fit"),
    ];

    private static readonly (string Suffix, string What, string Ucd)[] Suffixes =
    [
        ("", "", "{0}"), ("_err", "Error of ", "stat.error;{0}"), ("_errn", "Negative error of ", "stat.error;{0}"),
        ("_errp", "Positive error of ", "stat.error;{0}"),
        ("_ul", "Upper limit of ", "{0};stat.max"), ("_sensitivity", "Sensitivity as ", "{0};stat.min"),
    ];

    /// <param name="points">Maps of one pixel from <see cref="FluxPointEstimator"/>.</param>
    /// <param name="source">Names of the datasets, for the column datasets.</param>
    public static DataTable Of(FluxMaps points, string source)
    {
        var (edges, spectral) = (points.Geometry.Axes[0].Edges, points.Model.Spectral);
        (double Low, double High)[] bins = [.. edges.Zip(edges.Skip(1))];
        IEnumerable<double> Reference(Func<double, double, double> value) => bins.Select(bin => value(bin.Low, bin.High));
        double Middle(double low, double high) => Math.Sqrt(low * high);
        var columns = new List<TableColumn>
        {
            TableColumn.Of("e_ref", Reference(Middle), "Geometric mean of the energy bin's edges", "TeV", "em.energy"),
            TableColumn.Of("e_min", bins.Select(bin => bin.Low), "Lower edge of the energy bin", "TeV", "em.energy;stat.min"),
            TableColumn.Of("e_max", bins.Select(bin => bin.High), "Upper edge of the energy bin", "TeV", "em.energy;stat.max"),
            TableColumn.Of("ref_dnde", Reference((low, high) => spectral.Differential(Middle(low, high))),
                "The model's differential flux at e_ref", "cm-2 s-1 TeV-1"),
            TableColumn.Of("ref_flux", Reference(spectral.Integral), "The model's flux in the energy bin", "cm-2 s-1"),
            TableColumn.Of("ref_eflux", Reference(spectral.EnergyIntegral), "The model's energy flux in the energy bin", "TeV cm-2 s-1"),
            TableColumn.Of("ref_e2dnde", Reference((low, high) => low * high * spectral.Differential(Middle(low, high))),
                "The model's e2dnde at e_ref", "TeV cm-2 s-1"),
        };
        Add(columns, points, "dnde", "differential flux at e_ref", "cm-2 s-1 TeV-1", Density);
        Add(columns, points, "norm", "flux relative to the model's", null, null);
        foreach (var (name, what) in Plain)
            if (points.Find(name) is { } map) columns.Add(TableColumn.Of(name, map.Data, what));
        columns.Add(TableColumn.Of("success", points.Find("success")!.Data.Select(value => value == 1), "Whether the fit converged"));
        if (points.Find("sqrt_ts") is { } root && points.Find("norm_ul") is not null)
            columns.Add(TableColumn.Of(
                "is_ul", root.Data.Select(value => !(value >= UpperLimitBelowSqrtTs)),
                "Whether sqrt_ts is below 2, so that the point is an upper limit"));
        // gammapy takes the number of datasets from this column if there is a column of counts.
        columns.Add(TableColumn.Of("datasets", bins.Select(_ => source), "Names of the fitted datasets"));
        var centre = points.Geometry.Grid!.Centre.To(SkyFrame.Icrs);
        return new DataTable(
            "fluxpoints", FormattableString.Invariant($"Flux points at RA {centre.LonDeg:f5}, Dec {centre.LatDeg:f5} (ICRS)"), columns,
        [
            ("SED_TYPE", "dnde"), ("UL_CONF", SpecialFunctions.Erf(points.NSigmaUl / Math.Sqrt(2))), ("N_SIGMA", points.NSigma),
            ("N_SIG_UL", points.NSigmaUl),
            ("RA_OBJ", centre.LonDeg), ("DEC_OBJ", centre.LatDeg), ("CREATOR", "TsMapSurvey"),
        ]);
    }

    private static void Add(List<TableColumn> columns, FluxMaps points, string kind, string what, string? unit, string? ucd)
    {
        foreach (var (suffix, prefix, ucdOf) in Suffixes)
        {
            if (points.Find(kind + suffix) is not { } map) continue;
            var text = prefix.Length == 0 ? string.Concat(char.ToUpperInvariant(what[0]).ToString(), what.AsSpan(1)) : prefix + what;
            columns.Add(TableColumn.Of(
                kind + suffix, map.Data, text, unit, ucd is null ? null : ucdOf.Replace("{0}", ucd, StringComparison.Ordinal)));
        }
    }
}
