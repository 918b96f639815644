using TsMapSurvey.Estimators.Fitting;
using TsMapSurvey.Estimators.Kernels;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Time;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Incremental;

/// <summary>
/// Maps that can be updated when their datasets change. An update fits only the pixels whose kernels reach a changed pixel, with the
/// kernels of the whole map. Its result differs from a full computation only by the rounding of sums.
/// </summary>
/// <remarks>
/// The response and the geometry of the datasets are kept, but not the datasets. The response is that of the last full computation, so
/// that small changes do not accumulate over many updates. Not thread-safe. All pixels are computed again if the response has changed,
/// with downsampling, whose blocks are interpolated, and with known sources, whose counts extend beyond the changed pixels.
/// </remarks>
public sealed class IncrementalEstimate
{
    /// <summary>
    /// The largest number of neighbours in a block. An update may begin only at a column where a block of the full computation begins.
    /// </summary>
    private const int Columns = PaddedKernels.Padding + 1;

    private readonly TsMapEstimator _estimator;
    private readonly MapDataset? _irfs;
    private readonly PixelRegion? _region;
    private PixelRegion _mapRegion;
    private EstimateResponse? _response;
    private IReadOnlyList<MapGeometry> _geometries = [];

    private IncrementalEstimate(TsMapEstimator estimator, MapDataset? irfs, PixelRegion? region) =>
        (_estimator, _irfs, _region) = (estimator, irfs, region);

    /// <summary>The current maps; an update overwrites their values.</summary>
    public FluxMaps Maps { get; private set; } = null!;

    /// <summary>The pixels of the datasets that the last update fitted; empty if none.</summary>
    public PixelRegion Computed { get; private set; }

    /// <summary>Whether the options allow an update of a part of the pixels.</summary>
    public bool IsPartial => !(_estimator.Options.DownsamplingFactor > 1) && _estimator.Options.BackgroundModels.Count == 0;

    /// <summary>Bytes of the maps; kernels are small in comparison.</summary>
    public long ByteSize => Maps.ByteSize;

    /// <summary>Computes all pixels.</summary>
    /// <inheritdoc cref="TsMapEstimator.Run(IReadOnlyList{MapDataset}, MapDataset?, PixelRegion?, IProgress{double}?, CancellationToken)"/>
    public static IncrementalEstimate Create(
        TsMapEstimator estimator, IReadOnlyList<MapDataset> datasets, MapDataset? irfs = null, PixelRegion? region = null,
            CancellationToken cancellationToken = default)
    {
        var estimate = new IncrementalEstimate(estimator, irfs, region);
        estimate.ComputeAll(datasets, null, cancellationToken);
        return estimate;
    }

    /// <summary>
    /// Updates the maps for datasets that differ from those of the last computation only in a region. The maps do not change on failure.
    /// </summary>
    /// <param name="dirty">The changed pixels of the datasets; empty if none has changed.</param>
    /// <exception cref="MapException">As for a full computation.</exception>
    public void Update(IReadOnlyList<MapDataset> datasets, PixelRegion dirty, CancellationToken cancellationToken = default)
    {
        if (_response is null || !HasGeometryOf(datasets))
        {
            ComputeAll(datasets, null, cancellationToken);
            return;
        }

        // With one dataset for the IRFs the response cannot change: HasGeometryOf has compared the axes.
        var response = _irfs is null ? EstimateResponse.Create(_estimator, datasets, null) : _response;
        var part = AffectedPixels(dirty);
        if (!response.IsSameAs(_response, Maps.Geometry.PlaneCount)) ComputeAll(datasets, response, cancellationToken);
        else if (part.IsEmpty) ReplaceMaps(datasets, part);
        else
        {
            using var arrays = new FitArrays();
            var fitted = _estimator.Run(datasets, _response.Kernels, part, throwIfEmpty: false, arrays, null, cancellationToken);
            if (!HasFits(fitted) && !HasFitsBeyond(part)) ComputeAll(datasets, _response, cancellationToken);
            else
            {
                Merge(fitted, part, cancellationToken);
                ReplaceMaps(datasets, part);
            }
        }
    }

    private void ComputeAll(IReadOnlyList<MapDataset> datasets, EstimateResponse? response, CancellationToken cancellationToken)
    {
        response ??= IsPartial ? EstimateResponse.Create(_estimator, datasets, _irfs) : null;
        Maps = response is null
            ? _estimator.Run(datasets, _irfs, _region, null, cancellationToken)
            : _estimator.Run(datasets, response.Kernels, _region, null, cancellationToken);
        (_response, _geometries) = (response, [.. datasets.Select(dataset => dataset.Geometry)]);
        _mapRegion = Computed = _region ?? datasets[0].Grid.Region;
    }

    private void ReplaceMaps(IReadOnlyList<MapDataset> datasets, PixelRegion computed)
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
    /// The pixels whose kernels reach a region, extended to whole runs of rows and blocks of columns: each fit then starts from the same
    /// norm as in the full computation.
    /// </summary>
    private PixelRegion AffectedPixels(PixelRegion dirty)
    {
        if (dirty.IsEmpty) return default;
        var affected = dirty.Grow(_response!.Kernels.PadWidth).Intersect(_mapRegion);
        if (affected.IsEmpty) return default;
        var (x, y) = ((affected.X - _mapRegion.X) / Columns * Columns, (affected.Y - _mapRegion.Y) / BlockFit.Rows * BlockFit.Rows);
        var (right, bottom) = (RoundUp(affected.Right - _mapRegion.X, Columns), RoundUp(affected.Bottom - _mapRegion.Y, BlockFit.Rows));
        return new PixelRegion(_mapRegion.X + x, _mapRegion.Y + y, right - x, bottom - y).Intersect(_mapRegion);
    }

    private static int RoundUp(int size, int multiple) => (size + multiple - 1) / multiple * multiple;

    private void Merge(FluxMaps fitted, PixelRegion part, CancellationToken cancellationToken)
    {
        // The last check before values are overwritten: a cancelled update does not change the maps.
        cancellationToken.ThrowIfCancellationRequested();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _estimator.Options.NJobs };
        Parallel.ForEach(Maps.Stored, parallel, name =>
        {
            var (whole, rows) = (Maps.Find(name)!, fitted.Find(name)!);
            for (var plane = 0; plane < whole.Geometry.PlaneCount; plane++)
                for (var y = 0; y < part.Height; y++)
                    rows.Plane(plane).Slice(y * part.Width, part.Width)
                        .CopyTo(whole.Plane(plane)[((part.Y - _mapRegion.Y + y) * _mapRegion.Width + part.X - _mapRegion.X)..]);
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

    /// <summary>Whether each energy bin has a fit outside a part. A bin without any fit is an error of the full computation.</summary>
    private bool HasFitsBeyond(PixelRegion part)
    {
        for (var plane = 0; plane < Maps.Geometry.PlaneCount; plane++)
        {
            var found = false;
            var ts = Maps.Find("ts")!.Plane(plane);
            for (var i = 0; i < ts.Length && !found; i++)
                found = !double.IsNaN(ts[i]) && !part.Contains(_mapRegion.X + i % _mapRegion.Width, _mapRegion.Y + i / _mapRegion.Width);
            if (!found) return false;
        }

        return true;
    }
}
