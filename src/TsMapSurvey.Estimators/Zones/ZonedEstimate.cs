using TsMapSurvey.Estimators.Incremental;
using TsMapSurvey.Estimators.Strips;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Zones;

/// <summary>
/// Maps of a region of a dataset that can be updated when the dataset changes. Each zone is fitted with its own responses
/// (<see cref="ResponseZones"/>), and by its own <see cref="IncrementalEstimate"/>. Not thread-safe.
/// </summary>
public sealed class ZonedEstimate
{
    private readonly TsMapEstimator _estimator;
    private readonly MapDataset? _irfs;
    private readonly PixelRegion _region;
    private ResponseZones _zones;
    private SkyGrid _image;

    // Null: nothing in the zone can be fitted, or it is outside the region.
    private IncrementalEstimate?[] _parts;

    // If nothing in the region can be fitted.
    private FluxMaps? _unfitted;

    private ZonedEstimate(TsMapEstimator estimator, MapDataset dataset, MapDataset? irfs, PixelRegion region, ResponseZones zones) =>
        (_estimator, _irfs, _region, _zones, _image, _parts) =
            (estimator, irfs, region, zones, dataset.Grid, new IncrementalEstimate?[zones.Count]);

    /// <summary>The number of pixels that the last update fitted.</summary>
    public long PixelsComputed => Fitted.Sum(part => part.Computed.Area);

    /// <summary>Whether an update may be faster than a new estimate.</summary>
    public bool IsPartial => Fitted.All(part => part.IsPartial);

    public long ByteSize => Fitted.Sum(part => part.ByteSize) + (_unfitted?.ByteSize ?? 0);

    private IEnumerable<IncrementalEstimate> Fitted => _parts.OfType<IncrementalEstimate>();

    /// <summary>Computes all pixels of a region.</summary>
    /// <param name="irfs">A dataset whose responses are used; null for the dataset's own.</param>
    /// <param name="region">Fits near its border use pixels outside it.</param>
    /// <exception cref="MapException">As for <see cref="TsMapEstimator"/>.</exception>
    public static ZonedEstimate Create(
        TsMapEstimator estimator, MapDataset dataset, MapDataset? irfs, PixelRegion region, ResponseZones zones,
        CancellationToken cancellationToken = default)
    {
        var estimate = new ZonedEstimate(estimator, dataset, irfs, region, zones);
        estimate.Fit(dataset, default, cancellationToken);
        return estimate;
    }

    /// <summary>
    /// Updates the maps for a dataset that differs from that of the last computation only in a region. The estimate is invalid after an
    /// exception.
    /// </summary>
    /// <param name="zones">Those of this dataset.</param>
    /// <param name="dirty">The changed pixels of the dataset; empty if none has changed.</param>
    /// <exception cref="MapException">As for a full computation.</exception>
    public void Update(MapDataset dataset, ResponseZones zones, PixelRegion dirty, CancellationToken cancellationToken = default)
    {
        if (!zones.IsSameAs(_zones)) (_zones, _parts) = (zones, new IncrementalEstimate?[zones.Count]);
        Fit(dataset, dirty, cancellationToken);
    }

    /// <summary>The current maps, until the next update.</summary>
    public FluxMaps ToMaps()
    {
        if (_unfitted is not null) return _unfitted;
        var any = Fitted.First().Maps;
        if (_zones.Count == 1) return any;
        var grid = _image.Cutout(_region);
        var maps = any.Stored.ToDictionary(name => name, name =>
        {
            var like = any.Find(name)!;
            var map = new Map<double>(like.Geometry.WithGrid(grid), like.Unit);
            if (FluxMaps.Unfitted(name) is var empty and not 0) map.Data.AsSpan().Fill(empty);
            return map;
        });
        for (var zone = 0; zone < _parts.Length; zone++)
            if (_parts[zone] is { } part)
                foreach (var (name, map) in maps) Copy(part.Maps.Find(name)!, PixelsOf(zone), map);
        return new FluxMaps(any.Geometry.WithGrid(grid), maps, any.Model, any.NSigma, any.NSigmaUl, any.Gti,
            [.. Fitted.SelectMany(part => part.Maps.Warnings).Distinct()])
        {
            KernelWidthDeg = Fitted.Max(part => part.Maps.KernelWidthDeg),
        };
    }

    private void Fit(MapDataset dataset, PixelRegion dirty, CancellationToken cancellationToken)
    {
        _image = dataset.Grid;
        foreach (var zone in _zones.In(_region))
        {
            if (_parts[zone] is { } part) part.Update([dataset], dirty, cancellationToken);
            else if (_zones.Count == 1 || HasPosition(dataset, PixelsOf(zone)))
                _parts[zone] = IncrementalEstimate.Create(
                    _estimator.Copy(options => _zones.Options(zone, options)), [dataset], _irfs, PixelsOf(zone), cancellationToken);
        }

        // Data may lie outside the region only; without any, an exception says why.
        _unfitted = Fitted.Any() ? null : _estimator.Run([dataset], _irfs, _region, null, cancellationToken);
    }

    private PixelRegion PixelsOf(int zone) => _zones.Pixels(zone).Intersect(_region);

    private void Copy(Map<double> part, PixelRegion pixels, Map<double> whole)
    {
        for (var plane = 0; plane < whole.Geometry.PlaneCount; plane++)
            for (var y = 0; y < pixels.Height; y++)
                part.Plane(plane).Slice(y * pixels.Width, pixels.Width)
                    .CopyTo(whole.Plane(plane)[((pixels.Y - _region.Y + y) * _region.Width + pixels.X - _region.X)..]);
    }

    /// <summary>Whether a pixel can be fitted: it has an unmasked bin with background above zero.</summary>
    private static bool HasPosition(MapDataset dataset, PixelRegion pixels)
    {
        if (dataset.Background is not { } background) return true;
        for (var bin = 0; bin < dataset.Energy.BinCount; bin++)
            for (var y = pixels.Y; y < pixels.Bottom; y++)
                for (var x = pixels.X; x < pixels.Right; x++)
                    if (y * dataset.Grid.Width + x is var pixel && background.Plane(bin)[pixel] > 0
                        && MapCentre.IsUnmasked(dataset, bin, pixel)) return true;
        return false;
    }
}
