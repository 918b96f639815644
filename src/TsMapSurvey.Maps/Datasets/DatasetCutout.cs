using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Datasets;

/// <summary>A rectangle of a dataset. PSF and energy dispersion stay whole, so what is read at their centre stays the same.</summary>
internal static class DatasetCutout
{
    /// <param name="region">Pixels of the dataset, none outside of it.</param>
    public static MapDataset Of(MapDataset dataset, PixelRegion region) => dataset with
    {
        Counts = Cut(dataset.Counts, region),
        Background = Cut(dataset.Background, region),
        Exposure = Cut(dataset.Exposure, region),
        MaskSafe = Cut(dataset.MaskSafe, region),
        MaskFit = Cut(dataset.MaskFit, region),
    };

    private static Map<T>? Cut<T>(Map<T>? map, PixelRegion region)
        where T : unmanaged
    {
        if (map?.Geometry.Grid is not { } grid) return map;
        var part = new Map<T>(map.Geometry.WithGrid(grid.Cutout(region)), map.Unit);
        for (var plane = 0; plane < map.Geometry.PlaneCount; plane++)
            for (var y = 0; y < region.Height; y++)
                map.Plane(plane).Slice((region.Y + y) * grid.Width + region.X, region.Width).CopyTo(part.Plane(plane)[(y * region.Width)..]);
        return part;
    }
}
