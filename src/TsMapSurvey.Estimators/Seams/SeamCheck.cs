using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Seams;

/// <summary>
/// Compares the maps of adjacent tiles that have pixels of their own. Both tiles have values on both sides of their common border; there,
/// each map is interpolated bilinearly between its four nearest pixels, and the values are compared where both exposures are above a share
/// of the largest exposure of all tiles. Kernels, IRFs and pixels differ from tile to tile, and so do the values, a little. Tiles are added
/// one after the other, and of each only the values on its border are kept.
/// </summary>
public sealed class SeamCheck(ICellTiling cells, double pixelDeg)
{
    /// <summary>Where there is less exposure, sqrt_ts is compared nowhere.</summary>
    public const double LeastExposure = 0.1;

    private readonly Dictionary<(long One, long Other), (SharedBorder Border, Side? One, Side? Other)> _borders = [];

    /// <summary>The largest exposure on a pixel that was added, in m² s; 0 without any.</summary>
    public double LargestExposureM2S { get; private set; }

    /// <param name="grid">The tile's image.</param>
    /// <param name="sqrtTs">Row by row; NaN where the tile has no value.</param>
    /// <param name="exposureM2S">The same pixels.</param>
    public void Add(TileId tile, SkyGrid grid, ReadOnlySpan<double> sqrtTs, ReadOnlySpan<double> exposureM2S)
    {
        foreach (var exposure in exposureM2S)
            if (double.IsFinite(exposure)) LargestExposureM2S = Math.Max(LargestExposureM2S, exposure);
        var cell = cells.CellOf(tile);
        foreach (var border in SharedBorder.Of(cell, pixelDeg))
        {
            var side = new Side(
                [.. Interpolated(grid, sqrtTs, border.Positions)], [.. Interpolated(grid, exposureM2S, border.Positions)]);
            var key = (border.One.Index, border.Other.Index);
            var known = _borders.TryGetValue(key, out var found) ? found : (border, null, null);
            _borders[key] = cell == border.One ? known with { One = side } : known with { Other = side };
        }
    }

    /// <summary>The borders of which both tiles were added and some position could be compared, the largest difference first.</summary>
    public IReadOnlyList<Seam> Find()
    {
        var least = LeastExposure * LargestExposureM2S;
        var seams = new List<Seam>();
        foreach (var (border, one, other) in _borders.Values)
            if (one is not null && other is not null && Compare(border, one, other, least) is { } seam) seams.Add(seam);
        return [.. seams.OrderByDescending(seam => seam.Largest).ThenBy(seam => cells.CellOf(seam.One).Index)];
    }

    private Seam? Compare(SharedBorder border, Side one, Side other, double least)
    {
        var (largest, at, sum, points) = (-1.0, 0, 0.0, 0);
        for (var i = 0; i < border.Positions.Count; i++)
        {
            var difference = Math.Abs(one.SqrtTs[i] - other.SqrtTs[i]);
            if (!(one.ExposureM2S[i] >= least && other.ExposureM2S[i] >= least) || !double.IsFinite(difference)) continue;
            (sum, points) = (sum + difference, points + 1);
            if (difference > largest) (largest, at) = (difference, i);
        }

        return points == 0 ? null : new Seam(
            cells.TileOf(border.One), cells.TileOf(border.Other), largest, border.Positions[at], one.SqrtTs[at], other.SqrtTs[at],
            sum / points, points);
    }

    private static double[] Interpolated(SkyGrid grid, ReadOnlySpan<double> image, IReadOnlyList<SkyPosition> positions)
    {
        var values = new double[positions.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = double.NaN;
            if (!grid.TryPixelOf(positions[i], out double x, out double y)) continue;
            var (left, bottom) = ((int)Math.Floor(x), (int)Math.Floor(y));
            if (left < 0 || bottom < 0 || left + 1 >= grid.Width || bottom + 1 >= grid.Height) continue;
            var (right, top, at) = (x - left, y - bottom, bottom * grid.Width + left);
            values[i] = (1 - top) * ((1 - right) * image[at] + right * image[at + 1])
                + top * ((1 - right) * image[at + grid.Width] + right * image[at + grid.Width + 1]);
        }

        return values;
    }

    private sealed record Side(double[] SqrtTs, double[] ExposureM2S);
}
