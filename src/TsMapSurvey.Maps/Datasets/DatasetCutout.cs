using System.Buffers;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Datasets;

/// <summary>
/// A rectangle of a dataset in borrowed memory, for one estimate: fresh memory costs more than the copy. Of counts, background and masks it has only some energy bins, and what the
/// others hold is anything. PSF and energy dispersion stay whole, so what is read at their centre stays the same.
/// </summary>
internal sealed class DatasetCutout : IDisposable
{
    private readonly List<Action> _copies = [];
    private readonly List<Action> _returns = [];

    /// <param name="region">Pixels of the dataset, none outside of it.</param>
    /// <param name="bins">First and last reco bin, both included.</param>
    /// <param name="nJobs">Threads that copy; -1: as many as there are cores.</param>
    public DatasetCutout(MapDataset dataset, PixelRegion region, (int First, int Last) bins, int nJobs)
    {
        Dataset = dataset with
        {
            Counts = Cut(dataset.Counts, region, bins),
            Background = Cut(dataset.Background, region, bins),
            Exposure = Cut(dataset.Exposure, region, (0, (dataset.Exposure?.Geometry.PlaneCount ?? 0) - 1)),
            MaskSafe = Cut(dataset.MaskSafe, region, bins),
            MaskFit = Cut(dataset.MaskFit, region, bins),
        };
        Parallel.ForEach(_copies, new ParallelOptions { MaxDegreeOfParallelism = nJobs }, copy => copy());
        _copies.Clear();
    }

    /// <summary>Not to be used once this is disposed.</summary>
    public MapDataset Dataset { get; }

    public void Dispose()
    {
        foreach (var giveBack in _returns) giveBack();
        _returns.Clear();
    }

    private Map<T>? Cut<T>(Map<T>? map, PixelRegion region, (int First, int Last) planes)
        where T : unmanaged
    {
        if (map?.Geometry.Grid is not { } grid) return map;
        var geometry = map.Geometry.WithGrid(grid.Cutout(region));
        var values = ArrayPool<T>.Shared.Rent(geometry.Count);
        _returns.Add(() => ArrayPool<T>.Shared.Return(values));
        var part = new Map<T>(geometry, values, map.Unit);
        _copies.AddRange(Enumerable.Range(planes.First, planes.Last - planes.First + 1).Select(plane => (Action)(() =>
        {
            for (var y = 0; y < region.Height; y++) map.Plane(plane).Slice((region.Y + y) * grid.Width + region.X, region.Width).CopyTo(part.Plane(plane)[(y * region.Width)..]);
        })));
        return part;
    }
}
