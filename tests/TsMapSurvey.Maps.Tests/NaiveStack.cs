using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Irf;
using TsMapSurvey.SampleData;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Tests;

/// <summary>
/// Stacks value by value with gammapy's formulas, for observations whose IRF grids are aligned with the stack's.
/// </summary>
internal sealed class NaiveStack(MapDataset shape, IReadOnlyList<MapDataset> observations)
{
    /// <summary>Observations whose maps have a different value in each pixel, so that a value from a wrong pixel is noticed.</summary>
    public static MapDataset Observation(int seed, PixelRegion region, bool edispMap = false)
    {
        var random = new Random(100 + seed);
        var sample = Samples.Observation(seed, region, edispMap);
        Map<double> Varied(Map<double> map, double scale) =>
            map with { Data = [.. map.Data.Select(_ => scale * (0.5 + random.NextDouble()))] };
        return sample with
        {
            Exposure = Varied(sample.Exposure!, 1e9 * seed),
            MaskFit = new Map<bool>(sample.Counts!.Geometry, [.. sample.Counts.Data.Select(_ => random.Next(3) == 0)]),
            Psf = new PsfMap(Varied(sample.Psf!.Density, 1e4), Varied(sample.Psf.Exposure!, 1e9)),
            Edisp = new EdispMap(Varied(sample.Edisp!.Data, 0.4), Varied(sample.Edisp.Exposure!, 1e9)),
            LiveTimeS = 100 * seed + 70,
        };
    }

    public double Counts(int k, int y, int x) => Sum(o => o.Grid, y, x, (o, j, i) => Safe(o, k, j, i) ? o.Counts![k, j, i] : 0);

    public double Background(int k, int y, int x) => Sum(o => o.Grid, y, x, (o, j, i) => Safe(o, k, j, i) ? o.Background![k, j, i] : 0);

    public double Exposure(int plane, int y, int x) =>
        Sum(o => o.Grid, y, x, (o, j, i) => SafeInAny(o, j, i) ? o.Exposure![plane, j, i] : 0);

    public bool MaskSafe(int k, int y, int x) => Sum(o => o.Grid, y, x, (o, j, i) => Safe(o, k, j, i) ? 1 : 0) > 0;

    public bool MaskFit(int k, int y, int x) => Sum(o => o.Grid, y, x, (o, j, i) => o.MaskFit is { } fit && fit[k, j, i] ? 1 : 0) > 0;

    public double PsfExposure(int energy, int y, int x) =>
        Sum(o => o.Psf!.Density.Geometry.Grid!, y, x, (o, j, i) =>
            PsfCounts(o, j, i) ? o.Psf!.Exposure![energy, j, i] : 0, shape.Psf!.Density.Geometry.Grid!);

    public double Psf(int energy, int rad, int y, int x)
    {
        var bins = Samples.Rad.BinCount;
        var sum = Sum(o => o.Psf!.Density.Geometry.Grid!, y, x, (o, j, i) => PsfCounts(o, j, i)
            ? o.Psf!.Exposure![energy, j, i] * o.Psf.Density[energy * bins + rad, j, i] : 0, shape.Psf!.Density.Geometry.Grid!);
        return PsfExposure(energy, y, x) is > 0 and var weight ? sum / weight : 0;
    }

    public double EdispExposure(int energy, int y, int x) =>
        Sum(o => o.Edisp!.Data.Geometry.Grid!, y, x, (o, j, i) =>
            EdispCounts(o, null, j, i) ? o.Edisp!.Exposure![energy, j, i] : 0, shape.Edisp!.Data.Geometry.Grid!);

    /// <summary>A row of the kernel is added where its bin of reconstructed energy is safe; the weight where any bin is safe.</summary>
    public double Edisp(int energy, int first, int y, int x)
    {
        var bins = shape.Edisp!.First.BinCount;
        var sum = Sum(o => o.Edisp!.Data.Geometry.Grid!, y, x,
            (o, j, i) => EdispCounts(o, o.Edisp!.IsKernel ? first : null, j, i)
                ? o.Edisp.Exposure![energy, j, i] * o.Edisp.Data[energy * bins + first, j, i] : 0, shape.Edisp.Data.Geometry.Grid!);
        return EdispExposure(energy, y, x) is > 0 and var weight ? sum / weight : 0;
    }

    public double LiveTimeS => observations.Where(o => Array.Exists(o.MaskSafe!.Data, safe => safe)).Sum(o => o.LiveTimeS!.Value);

    private static bool Safe(MapDataset observation, int k, int y, int x) => observation.MaskSafe![k, y, x];

    private static bool SafeInAny(MapDataset observation, int y, int x) =>
        Enumerable.Range(0, observation.Energy.BinCount).Any(k => Safe(observation, k, y, x));

    /// <summary>The safe mask at the image pixel that contains the centre of the IRF pixel.</summary>
    private static bool PsfCounts(MapDataset observation, int y, int x) =>
        observation.Grid.TryPixelOf(observation.Psf!.Density.Geometry.Grid!.PixelCentre(x, y)!.Value, out int column, out int row)
            && SafeInAny(observation, row, column);

    /// <summary>Whether the safe mask, interpolated between pixel centres and extrapolated linearly, is not zero.</summary>
    private static bool EdispCounts(MapDataset observation, int? bin, int y, int x)
    {
        observation.Grid.TryPixelOf(observation.Edisp!.Data.Geometry.Grid!.PixelCentre(x, y)!.Value, out double px, out double py);
        var (i, j) = (Math.Clamp((int)Math.Floor(px), 0, observation.Grid.Width - 2),
            Math.Clamp((int)Math.Floor(py), 0, observation.Grid.Height - 2));
        bool Touched(int k)
        {
            double At(int dy, int dx) => Safe(observation, k, j + dy, i + dx) ? 1 : 0;
            double Row(int dy) => At(dy, 0) + (px - i) * (At(dy, 1) - At(dy, 0));
            return Math.Abs(Row(0) + (py - j) * (Row(1) - Row(0))) > 1e-9;
        }

        if (bin is { } one) return Touched(one);
        if (observation.Edisp.IsKernel) return Enumerable.Range(0, observation.Energy.BinCount).Any(Touched);
        double Any(int dy, int dx) => SafeInAny(observation, j + dy, i + dx) ? 1 : 0;
        double Of(int dy) => Any(dy, 0) + (px - i) * (Any(dy, 1) - Any(dy, 0));
        return Math.Abs(Of(0) + (py - j) * (Of(1) - Of(0))) > 1e-9;
    }

    private double Sum(Func<MapDataset, SkyGrid> gridOf, int y, int x, Func<MapDataset, int, int, double> value, SkyGrid? onto = null)
    {
        var sum = 0.0;
        foreach (var observation in observations)
        {
            var grid = gridOf(observation);
            Assert.True(grid.IsAlignedWith(onto ?? shape.Grid, out var dx, out var dy));
            if (grid.Region.Contains(x - dx, y - dy)) sum += value(observation, y - dy, x - dx);
        }

        return sum;
    }
}
