using TsMapSurvey.Estimators.Downsampling;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Fitting;

/// <summary>
/// Sums over the square of 2 half + 1 pixels around each pixel of a region, along x and then along y, by doubling: sums of 1, 2, 4, ...
/// neighbours are computed, and those that are set as bits of the width are added. Without subtraction, a sum over zeros is exactly zero
/// and rounding errors do not accumulate from pixel to pixel. The cost grows only with the logarithm of the width.
/// </summary>
internal static class BoxSums
{
    /// <param name="image">width x height pixels; taken as zero outside.</param>
    /// <param name="sums">One per pixel of the region; the sums are added to them.</param>
    /// <param name="along">Buffer of the length <see cref="BufferLength"/>; overwritten.</param>
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

    /// <summary>Length of the buffer for the sums along x, which include half a square of rows on both sides of the region.</summary>
    public static int BufferLength(PixelRegion region, int half) => (region.Height + 2 * half) * region.Width;

    /// <summary>
    /// Adds the sum of values[i], values[i + stride], ... with the given number of terms to target[i]; overwrites values.
    /// </summary>
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
