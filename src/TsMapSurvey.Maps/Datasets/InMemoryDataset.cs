using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Datasets;

/// <summary>Gives the rows of a dataset in memory.</summary>
public sealed class InMemoryDataset(MapDataset dataset) : IDatasetRows
{
    public string Place => dataset.Place;

    public SkyGrid Grid => dataset.Grid;

    public MapAxis Energy => dataset.Energy;

    public long BytesPerRow => (8L * (Count(dataset.Counts) + Count(dataset.Background) + Count(dataset.Exposure))
        + Count(dataset.MaskSafe) + Count(dataset.MaskFit)) / Grid.Height;

    /// <inheritdoc/>
    /// <remarks>An exposure with another image height is returned whole.</remarks>
    public MapDataset Rows(int firstRow, int count) => dataset with
    {
        Counts = Cut(dataset.Counts, firstRow, count),
        Background = Cut(dataset.Background, firstRow, count),
        Exposure = dataset.Exposure?.Geometry.Height == Grid.Height ? Cut(dataset.Exposure, firstRow, count) : dataset.Exposure,
        MaskSafe = Cut(dataset.MaskSafe, firstRow, count),
        MaskFit = Cut(dataset.MaskFit, firstRow, count),
    };

    private static long Count<T>(Map<T>? map)
        where T : unmanaged => map?.Geometry.Count ?? 0;

    private static Map<T>? Cut<T>(Map<T>? map, int firstRow, int count)
        where T : unmanaged
    {
        if (map?.Geometry.Grid is not { } grid) return map;
        var rows = new Map<T>(map.Geometry.WithGrid(grid.Cutout(0, firstRow, grid.Width, count)), map.Unit);
        for (var plane = 0; plane < map.Geometry.PlaneCount; plane++)
            map.Plane(plane).Slice(firstRow * grid.Width, count * grid.Width).CopyTo(rows.Plane(plane));
        return rows;
    }
}
