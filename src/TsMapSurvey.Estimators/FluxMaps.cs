using TsMapSurvey.Estimators.Fitting;
using TsMapSurvey.Estimators.Kernels;
using TsMapSurvey.Likelihood;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Time;
using TsMapSurvey.Models;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators;

/// <summary>
/// The estimator's maps with gammapy's names: norm, norm_err, ts, sqrt_ts, npred, ... Flux, dnde, eflux and e2dnde with their errors and
/// limits are computed from the norm. Pixels without a fit are NaN, except in success and status, where they are 0.
/// </summary>
public sealed class FluxMaps
{
    /// <summary>Axis of the likelihood profile's grid points, which are numbered from 0.</summary>
    private static readonly MapAxis ScanAxis =
        new("dnde_bin", [.. Enumerable.Range(0, ScanGrid.Count).Select(i => (double)i)], AxisInterpolation.Linear, AxisNodes.Centers, "");

    private readonly Dictionary<string, Map<double>> _maps;

    public FluxMaps(MapGeometry geometry, Dictionary<string, Map<double>> maps, SkyModel model, double nSigma, double nSigmaUl,
        GoodTimeIntervals? gti, IReadOnlyList<string> warnings)
    {
        (Geometry, _maps, Model, NSigma, NSigmaUl, Gti, Warnings) = (geometry, maps, model, nSigma, nSigmaUl, gti, warnings);
        if (!_maps.ContainsKey("sqrt_ts") && _maps.TryGetValue("ts", out var ts) && _maps.TryGetValue("norm", out var norm))
            FillSqrtTs(ts.Data, norm.Data, (_maps["sqrt_ts"] = new Map<double>(geometry)).Data);
    }

    /// <summary>The image with the energy axis.</summary>
    public MapGeometry Geometry { get; }

    /// <summary>The model that norms are relative to.</summary>
    public SkyModel Model { get; }

    public double NSigma { get; }

    public double NSigmaUl { get; }

    public GoodTimeIntervals? Gti { get; }

    /// <summary>Width of the widest kernel of the fits; null if unknown.</summary>
    public double? KernelWidthDeg { get; init; }

    /// <summary>Warnings about the maps and their inputs.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>The stored quantities, in the order of their creation.</summary>
    public IReadOnlyCollection<string> Stored => _maps.Keys;

    /// <summary>Bytes of the stored maps in memory.</summary>
    public long ByteSize => 8L * _maps.Values.Sum(map => map.Data.Length);

    /// <summary>All quantities that <see cref="Find"/> returns, stored and computed.</summary>
    public IEnumerable<string> Quantities => _maps.Keys.Concat(
        from kind in FluxKind.All.Skip(1)
        from suffix in FluxKind.Suffixes
        where _maps.ContainsKey("norm" + suffix)
        select kind.Name
            + suffix);

    /// <summary>A stored quantity, or one computed from the norm; null if these maps do not have it.</summary>
    public Map<double>? Find(string quantity)
    {
        if (_maps.TryGetValue(quantity, out var map)) return map;
        return FluxKind.Split(quantity) is { } flux && _maps.TryGetValue("norm" + flux.Suffix, out var norm)
            ? Converted(norm, flux.Kind) : null;
    }

    /// <summary>The maps with all pixels that a tile does not own set to unfitted; the same object if it owns all pixels.</summary>
    /// <param name="owned">The owned pixels; the maps must have the geometry of their bounding box.</param>
    public FluxMaps Within(OwnedRegion owned)
    {
        if (owned.IsRectangle) return this;
        var maps = _maps.ToDictionary(map => map.Key, map => map.Value with { Data = [.. map.Value.Data] });
        foreach (var (name, map) in maps) owned.Blank(map.Data, Unfitted(name));
        return new FluxMaps(Geometry, maps, Model, NSigma, NSigmaUl, Gti, Warnings) { KernelWidthDeg = KernelWidthDeg };
    }

    /// <summary>The value of a stored quantity in a pixel without a fit.</summary>
    internal static double Unfitted(string quantity) => quantity is "success" or "status" ? 0 : double.NaN;

    internal static FluxMaps Create(
        MapGeometry geometry, TsMapPlanes planes, TsMapOptions options, GoodTimeIntervals? gti, EstimatorKernels kernels)
    {
        var maps = new Dictionary<string, Map<double>>();
        foreach (var (name, values) in planes.Quantities)
            maps[name] = new Map<double>(values.Length == geometry.Count
                ? geometry : geometry.With(ScanAxis, geometry.Axes[0]), values, name == "dnde_scan_values" ? "cm-2 s-1 TeV-1" : "");
        var (success, status, sqrtTs) = (planes.New(), planes.New(), planes.New());
        for (var i = 0; i < status.Length; i++) (success[i], status[i]) =
            (planes.Status[i].HasFlag(FitStatus.Converged) ? 1 : 0, (double)planes.Status[i]);
        FillSqrtTs(planes.Ts, planes.Norm, sqrtTs);
        foreach (var (name, values) in new[] { ("success", success), ("status", status), ("sqrt_ts", sqrtTs) })
            maps[name] = new Map<double>(geometry, values);
        return new FluxMaps(geometry, maps, options.Model, options.NSigma, options.NSigmaUl, gti, kernels.Warnings)
        {
            KernelWidthDeg = (2 * kernels.PadWidth + 1) * geometry.Grid!.PixelScaleDeg,
        };
    }

    /// <summary>sqrt(max(ts, 0)) with the sign of the norm.</summary>
    private static void FillSqrtTs(double[] ts, double[] norm, double[] result)
    {
        for (var i = 0; i < ts.Length; i++)
        {
            var root = Math.Sqrt(double.IsNaN(ts[i]) ? ts[i] : Math.Max(ts[i], 0));
            result[i] = norm[i] > 0 ? root : -root;
        }
    }

    private Map<double> Converted(Map<double> norm, FluxKind kind)
    {
        var scaled = new Map<double>(Geometry, kind.Unit);
        var edges = Geometry.Axes[0].Edges;
        for (var plane = 0; plane < Geometry.PlaneCount; plane++)
        {
            var scale = kind.OfModel(Model, edges[plane], edges[plane + 1]);
            var from = norm.Plane(plane);
            var to = scaled.Plane(plane);
            for (var i = 0; i < from.Length; i++) to[i] = from[i] * scale;
        }

        return scaled;
    }
}
