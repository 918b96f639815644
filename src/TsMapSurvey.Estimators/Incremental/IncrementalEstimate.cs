using TsMapSurvey.Estimators.Fitting;
using TsMapSurvey.Estimators.Kernels;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Time;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Incremental;

/// <summary>
/// Maps that can be brought up to date where their datasets changed. An update fits the pixels whose kernels reach what changed, with the
/// kernels of the whole, and takes the others over. Its maps are those made from scratch but for the rounding of sums.
/// </summary>
/// <remarks>
/// Response and datasets' geometry of the maps are kept, the datasets are not. The response stays that of the last maps from scratch, so
/// that small moves do not add up over many updates. Not for several threads. Everything is computed again when the response moved, with
/// downsampling, whose blocks are interpolated, and with known sources, whose counts spread beyond the pixels that changed.
/// </remarks>
public sealed class IncrementalEstimate
{
    /// <summary>
    /// Neighbours that a fit takes together on the widest processor: a block may begin only where that of the whole does.
    /// </summary>
    private const int Columns = PaddedKernels.Padding + 1;

    private readonly TsMapEstimator _estimator;
    private readonly MapDataset? _irfs;
    private readonly PixelRegion? _region;
    private PixelRegion _wanted;
    private EstimateResponse? _response;
    private IReadOnlyList<MapGeometry> _geometries = [];

    private IncrementalEstimate(TsMapEstimator estimator, MapDataset? irfs, PixelRegion? region) =>
        (_estimator, _irfs, _region) = (estimator, irfs, region);

    /// <summary>The maps as the last update left them; the next one writes into them.</summary>
    public FluxMaps Maps { get; private set; } = null!;

    /// <summary>The pixels of the datasets that were fitted last; those wanted when all were, empty when none.</summary>
    public PixelRegion Computed { get; private set; }

    /// <summary>Whether an update can do with a part of the pixels at all.</summary>
    public bool IsPartial => !(_estimator.Options.DownsamplingFactor > 1) && _estimator.Options.BackgroundModels.Count == 0;

    /// <summary>Bytes held by the maps; kernels are small beside them.</summary>
    public long ByteSize => Maps.ByteSize;

    /// <summary>The maps from scratch.</summary>
    /// <inheritdoc cref="TsMapEstimator.Run(IReadOnlyList{MapDataset}, MapDataset?, PixelRegion?, IProgress{double}?, CancellationToken)"/>
    public static IncrementalEstimate Create(
        TsMapEstimator estimator, IReadOnlyList<MapDataset> datasets, MapDataset? irfs = null, PixelRegion? region = null,
            CancellationToken cancellationToken = default)
    {
        var estimate = new IncrementalEstimate(estimator, irfs, region);
        estimate.MakeAll(datasets, null, cancellationToken);
        return estimate;
    }

    /// <summary>
    /// The maps of datasets that are, outside a region, those that these maps were made of. When it fails, the maps are as they were.
    /// </summary>
    /// <param name="dirty">Pixels of the datasets; empty when none has changed.</param>
    /// <exception cref="MapException">As from scratch.</exception>
    public void Update(IReadOnlyList<MapDataset> datasets, PixelRegion dirty, CancellationToken cancellationToken = default)
    {
        if (_response is null || !HasGeometryOf(datasets))
        {
            MakeAll(datasets, null, cancellationToken);
            return;
        }

        // One dataset for all of them does not change; the axes are those of the geometry.
        var response = _irfs is null ? EstimateResponse.Create(_estimator, datasets, null) : _response;
        var part = Seeing(dirty);
        if (!response.IsSameAs(_response, Maps.Geometry.PlaneCount)) MakeAll(datasets, response, cancellationToken);
        else if (part.IsEmpty) Keep(datasets, part);
        else
        {
            using var arrays = new FitArrays();
            var fitted = _estimator.Run(datasets, _response.Kernels, part, demandData: false, arrays, null, cancellationToken);
            if (!HasFits(fitted) && !HasFitsBeyond(part)) MakeAll(datasets, _response, cancellationToken);
            else
            {
                Merge(fitted, part, cancellationToken);
                Keep(datasets, part);
            }
        }
    }

    private void MakeAll(IReadOnlyList<MapDataset> datasets, EstimateResponse? response, CancellationToken cancellationToken)
    {
        response ??= IsPartial ? EstimateResponse.Create(_estimator, datasets, _irfs) : null;
        Maps = response is null
            ? _estimator.Run(datasets, _irfs, _region, null, cancellationToken)
            : _estimator.Run(datasets, response.Kernels, _region, null, cancellationToken);
        (_response, _geometries) = (response, [.. datasets.Select(dataset => dataset.Geometry)]);
        _wanted = Computed = _region ?? datasets[0].Grid.Region;
    }

    private void Keep(IReadOnlyList<MapDataset> datasets, PixelRegion computed)
    {
        var gti = GoodTimeIntervals.UnionOf(datasets.Select(dataset => dataset.Gti));
        Maps = new FluxMaps(Maps.Geometry, Maps.Stored.ToDictionary(name => name, name => Maps.Find(name)!), Maps.Model, Maps.NSigma,
            Maps.NSigmaUl, gti, Maps.Warnings)
        {
            KernelWidthDeg = Maps.KernelWidthDeg,
        };
        Computed = computed;
    }

    /// <summary>
    /// The wanted pixels whose fit sees a region, widened to whole runs of rows and blocks of columns: each fit then starts from the norm
    /// it started from in the whole.
    /// </summary>
    private PixelRegion Seeing(PixelRegion dirty)
    {
        if (dirty.IsEmpty) return default;
        var seeing = dirty.Grow(_response!.Kernels.PadWidth).Intersect(_wanted);
        if (seeing.IsEmpty) return default;
        var (x, y) = ((seeing.X - _wanted.X) / Columns * Columns, (seeing.Y - _wanted.Y) / BlockFit.Rows * BlockFit.Rows);
        var (right, bottom) = (RoundUp(seeing.Right - _wanted.X, Columns), RoundUp(seeing.Bottom - _wanted.Y, BlockFit.Rows));
        return new PixelRegion(_wanted.X + x, _wanted.Y + y, right - x, bottom - y).Intersect(_wanted);
    }

    private static int RoundUp(int size, int multiple) => (size + multiple - 1) / multiple * multiple;

    private void Merge(FluxMaps fitted, PixelRegion part, CancellationToken cancellationToken)
    {
        // All or nothing: an update that is stopped leaves the maps as they were.
        cancellationToken.ThrowIfCancellationRequested();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _estimator.Options.NJobs };
        Parallel.ForEach(Maps.Stored, parallel, name =>
        {
            var (whole, rows) = (Maps.Find(name)!, fitted.Find(name)!);
            for (var plane = 0; plane < whole.Geometry.PlaneCount; plane++)
                for (var y = 0; y < part.Height; y++)
                    rows.Plane(plane).Slice(y * part.Width, part.Width)
                        .CopyTo(whole.Plane(plane)[((part.Y - _wanted.Y + y) * _wanted.Width + part.X - _wanted.X)..]);
        });
    }

    private bool HasGeometryOf(IReadOnlyList<MapDataset> datasets)
    {
        if (datasets.Count != _geometries.Count) return false;
        for (var d = 0; d < datasets.Count; d++)
        {
            if (!_geometries[d].Grid!.IsSameAs(datasets[d].Grid)
                || !datasets[d].Energy.Edges.SequenceEqual(_geometries[d].Axis("energy").Edges)) return false;
        }

        return true;
    }

    private static bool HasFits(FluxMaps maps)
    {
        for (var plane = 0; plane < maps.Geometry.PlaneCount; plane++)
            if (maps.Find("ts")!.Plane(plane).IndexOfAnyExcept(double.NaN) < 0) return false;
        return true;
    }

    /// <summary>Whether each energy bin has a fit outside a part: without any, from scratch is an error.</summary>
    private bool HasFitsBeyond(PixelRegion part)
    {
        for (var plane = 0; plane < Maps.Geometry.PlaneCount; plane++)
        {
            var found = false;
            var ts = Maps.Find("ts")!.Plane(plane);
            for (var i = 0; i < ts.Length && !found; i++)
                found = !double.IsNaN(ts[i]) && !part.Contains(_wanted.X + i % _wanted.Width, _wanted.Y + i / _wanted.Width);
            if (!found) return false;
        }

        return true;
    }
}
