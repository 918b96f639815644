using TsMapSurvey.Estimators.Downsampling;
using TsMapSurvey.Estimators.Kernels;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Tests.Reference;

/// <summary>
/// Downsampling by its definition, for the whole map: each coarse pixel sums the fine pixels whose centres fall into it on the sky; each
/// fine pixel takes the four coarse pixels around its position on the sky, those that have a value.
/// </summary>
internal sealed class NaiveDownsampling
{
    private NaiveDownsampling(int pixels)
    {
        double[] New() => Enumerable.Repeat(double.NaN, pixels).ToArray();
        (Ts, SqrtTs, Norm, LeastSqrtTs, MostSqrtTs) = (New(), New(), New(), New(), New());
    }

    public double[] Ts { get; }

    public double[] SqrtTs { get; }

    public double[] Norm { get; }

    /// <summary>The smallest root of the four.</summary>
    public double[] LeastSqrtTs { get; }

    public double[] MostSqrtTs { get; }

    public static MapDataset Reduce(MapDataset dataset, SkyGrid coarse, int factor)
    {
        Map<double> Sum(Map<double> map, Map<bool>? mask, double scale)
        {
            var sums = new Map<double>(map.Geometry.WithGrid(coarse), map.Unit);
            Each(dataset.Grid, coarse, (fine, block) =>
            {
                for (var k = 0; k < map.Geometry.PlaneCount; k++)
                    if (!double.IsNaN(map.Plane(k)[fine]) && mask?.Plane(k)[fine] != false)
                        sums.Plane(k)[block] += map.Plane(k)[fine] * scale;
            });
            return sums;
        }

        Map<bool>? Any(Map<bool>? mask)
        {
            if (mask is null) return null;
            var any = new Map<bool>(mask.Geometry.WithGrid(coarse));
            Each(dataset.Grid, coarse, (fine, block) =>
            {
                for (var k = 0; k < mask.Geometry.PlaneCount; k++) any.Plane(k)[block] |= mask.Plane(k)[fine];
            });
            return any;
        }

        return dataset with
        {
            Counts = Sum(dataset.Counts!, dataset.MaskSafe, 1),
            Background = Sum(dataset.Background!, dataset.MaskSafe, 1),
            Exposure = Sum(dataset.Exposure!, null, 1.0 / (factor * factor)),
            MaskSafe = Any(dataset.MaskSafe),
            MaskFit = Any(dataset.MaskFit),
        };
    }

    /// <summary>Of the first energy bin.</summary>
    public static NaiveDownsampling Run(MapDataset dataset, TsMapOptions options, MapGeometry geometry)
    {
        var factor = options.DownsamplingFactor!.Value;
        var half = PsfKernel.OddSize(options.KernelWidthDeg!.Value, dataset.Grid.PixelScaleDeg) / 2;
        var coarse = CoarseGrid.OfMap(dataset.Grid, factor, half).Coarse;
        var maps = new TsMapEstimator(options with { DownsamplingFactor = null }).Run([Reduce(dataset, coarse, factor)]);
        var result = new NaiveDownsampling(geometry.PlaneLength);
        for (var i = 0; i < geometry.PlaneLength; i++)
        {
            Assert.True(
                coarse.TryPixelOf(dataset.Grid.PixelCentre(i % geometry.Width, i / geometry.Width)!.Value, out double x, out double y));
            result.Norm[i] = Interpolate(maps.Find("norm")!, x, y);
            result.Ts[i] = Interpolate(maps.Find("ts")!, x, y);
            if (double.IsNaN(result.Ts[i])) continue;
            result.SqrtTs[i] = Interpolate(maps.Find("sqrt_ts")!, x, y);
            var around = Around(maps.Find("sqrt_ts")!, x, y).Select(value => value.Value).Where(double.IsFinite).ToArray();
            (result.LeastSqrtTs[i], result.MostSqrtTs[i]) = (around.Min(), around.Max());
        }

        return result;
    }

    private static double Interpolate(Map<double> map, double x, double y)
    {
        if (double.IsNaN(map[0, (int)Math.Floor(y + 0.5), (int)Math.Floor(x + 0.5)])) return double.NaN;
        var valid = Around(map, x, y).Where(value => !double.IsNaN(value.Value)).ToArray();
        return valid.Sum(value => value.Value * value.Weight) / valid.Sum(value => value.Weight);
    }

    private static IEnumerable<(double Value, double Weight)> Around(Map<double> map, double x, double y)
    {
        var (left, below) = ((int)Math.Floor(x), (int)Math.Floor(y));
        foreach (var row in new[] { below, below + 1 })
            foreach (var column in new[] { left, left + 1 })
                yield return (map[0, Math.Clamp(row, 0, map.Geometry.Height - 1), Math.Clamp(column, 0, map.Geometry.Width - 1)],
                    (1 - Math.Abs(row - y)) * (1 - Math.Abs(column - x)));
    }

    private static void Each(SkyGrid fine, SkyGrid coarse, Action<int, int> pair)
    {
        for (var y = 0; y < fine.Height; y++)
            for (var x = 0; x < fine.Width; x++)
            {
                Assert.True(coarse.TryPixelOf(fine.PixelCentre(x, y)!.Value, out int column, out int row));
                pair(y * fine.Width + x, row * coarse.Width + column);
            }
    }
}
