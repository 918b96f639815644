using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Estimators.Fitting;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Estimators;

/// <summary>
/// Maps that can be brought up to date where their datasets changed. An update fits the pixels whose kernels reach what changed, on a cut-out of the
/// datasets with the kernels of the whole, and takes the others over. Its maps are those made from scratch but for the rounding of sums.
/// </summary>
/// <remarks>
/// Response and datasets' geometry of the maps are kept, the datasets are not. An update keeps the response of the maps it began with, so that small moves do
/// not add up over many updates. Everything is computed again when the response moved, with downsampling, whose blocks are interpolated, and
/// with known sources, whose counts spread beyond the pixels that changed.
/// </remarks>
public sealed class IncrementalEstimate
{
    /// <summary>Neighbours that a fit takes together on the widest processor: a block may begin only where that of the whole does.</summary>
    private const int Columns = PaddedKernels.Padding + 1;

    private readonly TsMapEstimator _estimator;
    private readonly MapDataset? _irfs;
    private readonly PixelRegion? _region;
    private readonly PixelRegion _wanted;
    private readonly EstimateResponse? _response;
    private readonly IReadOnlyList<MapGeometry> _geometries;

    private IncrementalEstimate(
        TsMapEstimator estimator, IReadOnlyList<MapDataset> datasets, MapDataset? irfs, PixelRegion? region, EstimateResponse? response, FluxMaps maps, PixelRegion computed)
    {
        (_estimator, _irfs, _region, _wanted, _response, Maps, Computed) = (estimator, irfs, region, region ?? datasets[0].Grid.Region, response, maps, computed);
        _geometries = [.. datasets.Select(dataset => dataset.Geometry)];
    }

    public FluxMaps Maps { get; }

    /// <summary>The pixels of the datasets that were fitted for these maps; those wanted when all were, empty when none.</summary>
    public PixelRegion Computed { get; }

    /// <summary>The maps from scratch.</summary>
    /// <inheritdoc cref="TsMapEstimator.Run(IReadOnlyList{MapDataset}, MapDataset?, PixelRegion?, IProgress{double}?, CancellationToken)"/>
    public static IncrementalEstimate Create(
        TsMapEstimator estimator, IReadOnlyList<MapDataset> datasets, MapDataset? irfs = null, PixelRegion? region = null, CancellationToken cancellationToken = default)
    {
        var isPartial = !(estimator.Options.DownsamplingFactor > 1) && estimator.Options.BackgroundModels.Count == 0;
        return Create(estimator, datasets, irfs, region, isPartial ? EstimateResponse.Create(estimator, datasets, irfs) : null, cancellationToken);
    }

    /// <summary>The maps of datasets that are, outside a region, those that these maps were made of.</summary>
    /// <param name="dirty">Pixels of the datasets; empty when none has changed.</param>
    /// <exception cref="MapException">As from scratch.</exception>
    public IncrementalEstimate Update(IReadOnlyList<MapDataset> datasets, PixelRegion dirty, CancellationToken cancellationToken = default)
    {
        if (_response is null) return Create(_estimator, datasets, _irfs, _region, null, cancellationToken);
        var groups = Maps.Geometry.PlaneCount;
        if (!HasGeometryOf(datasets)) return Create(_estimator, datasets, _irfs, _region, cancellationToken);
        // One dataset for all of them does not change; the axes are those of the geometry.
        var response = _irfs is null ? EstimateResponse.Create(_estimator, datasets, null) : _response;
        if (!response.IsSameAs(_response, groups)) return Create(_estimator, datasets, _irfs, _region, response, cancellationToken);
        var part = Seeing(dirty);
        if (part.IsEmpty) return new IncrementalEstimate(_estimator, datasets, _irfs, _region, _response, Merge(Maps, part, datasets), part);
        var read = part.Grow(_response.Kernels.PadWidth).Intersect(datasets[0].Grid.Region);
        MapDataset[] cut = [.. datasets.Select(dataset => DatasetCutout.Of(dataset, read))];
        var fitted = _estimator.Run(cut, _response.Kernels, part.Shift(-read.X, -read.Y), demandData: false, null, cancellationToken);
        var merged = Merge(fitted, part, datasets);
        return HasFits(merged)
            ? new IncrementalEstimate(_estimator, datasets, _irfs, _region, _response, merged, part)
            : Create(_estimator, datasets, _irfs, _region, _response, cancellationToken);
    }

    private static IncrementalEstimate Create(
        TsMapEstimator estimator, IReadOnlyList<MapDataset> datasets, MapDataset? irfs, PixelRegion? region, EstimateResponse? response, CancellationToken cancellationToken)
    {
        var maps = response is null
            ? estimator.Run(datasets, irfs, region, null, cancellationToken)
            : estimator.Run(datasets, response.Kernels, region, null, cancellationToken);
        return new IncrementalEstimate(estimator, datasets, irfs, region, response, maps, region ?? datasets[0].Grid.Region);
    }

    /// <summary>The wanted pixels whose fit sees a region, widened to whole runs of rows and blocks of columns: each fit then starts from the norm it started from in the whole.</summary>
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

    /// <summary>Copies of the maps, with those of a part in their place.</summary>
    private FluxMaps Merge(FluxMaps fitted, PixelRegion part, IReadOnlyList<MapDataset> datasets)
    {
        var merged = new Dictionary<string, Map<double>>();
        foreach (var name in Maps.Stored)
        {
            var (old, rows) = (Maps.Find(name)!, fitted.Find(name)!);
            var whole = merged[name] = old with { Data = [.. old.Data] };
            for (var plane = 0; plane < whole.Geometry.PlaneCount; plane++)
                for (var y = 0; y < part.Height; y++)
                    rows.Plane(plane).Slice(y * part.Width, part.Width).CopyTo(whole.Plane(plane)[((part.Y - _wanted.Y + y) * _wanted.Width + part.X - _wanted.X)..]);
        }

        var gti = datasets.Select(dataset => dataset.Gti).Where(gti => gti is not null).Aggregate((Data.GoodTimeIntervals?)null, (union, gti) => union?.Union(gti!) ?? gti);
        return new FluxMaps(Maps.Geometry, merged, Maps.Model, Maps.NSigma, Maps.NSigmaUl, gti, Maps.Warnings);
    }

    private bool HasGeometryOf(IReadOnlyList<MapDataset> datasets)
    {
        if (datasets.Count != _geometries.Count) return false;
        for (var d = 0; d < datasets.Count; d++)
        {
            var (grid, old) = (datasets[d].Grid, _geometries[d].Grid!);
            if (!old.IsAlignedWith(grid, out var dx, out var dy) || (dx, dy) != (0, 0) || (grid.Width, grid.Height) != (old.Width, old.Height)
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
}
