using TsMapSurvey.Estimators.Downsampling;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Fitting;

/// <summary>
/// Sums over the square of 2 half + 1 pixels around each pixel of a region, along x and then along y, by doubling: from sums of 1, 2, 4,
/// ... neighbours those are added whose bit the width has. Nothing is subtracted, so a sum over zeros is zero, no rounding is carried from
/// pixel to pixel, and the cost hardly grows with the square.
/// </summary>
internal static class BoxSums
{
    /// <param name="image">Of width x height pixels; zero outside.</param>
    /// <param name="sums">One per pixel of the region, which is added to.</param>
    /// <param name="along">As long as <see cref="RoomFor"/> says; overwritten.</param>
    public static void Add(double[] image, int width, int height, int half, PixelRegion region, double[] sums, double[] along)
    {
        var (top, bottom) = (Math.Max(0, region.Y - half), Math.Min(height, region.Y + region.Height + half));
        var (left, right) = (Math.Max(0, region.X - half), Math.Min(width, region.X + region.Width + half));
        Array.Clear(along);
        var line = new double[region.Width + 2 * half];
        for (var y = top; y < bottom; y++)
        {
            Array.Clear(line);
            image.AsSpan(y * width + left, right - left).CopyTo(line.AsSpan(left - region.X + half));
            Sum(line, 1, 2 * half + 1, along.AsSpan((y - region.Y + half) * region.Width, region.Width));
        }

        Sum(along, region.Width, 2 * half + 1, sums.AsSpan(0, (int)region.Area));
    }

    /// <summary>For the sums along x, of half a square of rows beyond the region too.</summary>
    public static int RoomFor(PixelRegion region, int half) => (region.Height + 2 * half) * region.Width;

    /// <summary>Adds to target[i] the sum of values[i], values[i + stride], ... over so many; values are overwritten.</summary>
    private static void Sum(Span<double> values, int stride, int terms, Span<double> target)
    {
        var offset = 0;
        for (var length = 1; length <= terms; length *= 2)
        {
            if ((terms & length) != 0)
            {
                RowArithmetic.Add(target, values.Slice(offset * stride, target.Length));
                offset += length;
            }

            var kept = values.Length - length * stride;
            if (kept > 0) RowArithmetic.Add(values[..kept], values[(length * stride)..]);
        }
    }
}
