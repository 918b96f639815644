namespace TsMapSurvey.Maps.Resampling;

/// <summary>
/// The shares of a quadrilateral's area in the unit cells of a grid. Cell (i, j) covers i - 0.5 to i + 0.5, as pixels do. The quadrilateral
/// is clipped against two half-planes for each column, and each strip against two for each row (Sutherland and Hodgman 1974, CACM 17, 32).
/// </summary>
internal static class QuadShares
{
    /// <summary>A quadrilateral that four half-planes cut has at most 8 corners.</summary>
    private const int MostCorners = 8;

    /// <param name="corners">In turn around the quadrilateral, in pixel coordinates.</param>
    /// <param name="shares">Gets the cells and their areas; the caller divides by the sum, which is returned. Not cleared.</param>
    /// <returns>The area of all cells; 0 for a quadrilateral without area.</returns>
    public static double Add(ReadOnlySpan<(double X, double Y)> corners, List<(int X, int Y, double Area)> shares)
    {
        var (left, right, bottom, top) = Box(corners);
        Span<(double X, double Y)> high = stackalloc (double, double)[MostCorners];
        Span<(double X, double Y)> strip = stackalloc (double, double)[MostCorners];
        Span<(double X, double Y)> cell = stackalloc (double, double)[MostCorners];
        var sum = 0.0;
        for (var i = left; i <= right; i++)
        {
            var count = Clip(corners, high, i - 0.5, 1, isX: true);
            count = Clip(high[..count], strip, i + 0.5, -1, isX: true);
            if (count < 3) continue;
            for (var j = bottom; j <= top; j++)
            {
                var corner = Clip(strip[..count], high, j - 0.5, 1, isX: false);
                corner = Clip(high[..corner], cell, j + 0.5, -1, isX: false);
                if (corner < 3 || Area(cell[..corner]) is not (> 0 and var area)) continue;
                shares.Add((i, j, area));
                sum += area;
            }
        }

        return sum;
    }

    /// <summary>The first and last column and row that the corners are in.</summary>
    public static (int Left, int Right, int Bottom, int Top) Box(ReadOnlySpan<(double X, double Y)> corners)
    {
        var (minX, maxX, minY, maxY) = (double.PositiveInfinity, double.NegativeInfinity, double.PositiveInfinity, double.NegativeInfinity);
        foreach (var (x, y) in corners)
            (minX, maxX, minY, maxY) = (Math.Min(minX, x), Math.Max(maxX, x), Math.Min(minY, y), Math.Max(maxY, y));
        return (PixelTransfer.Cell(minX), PixelTransfer.Cell(maxX), PixelTransfer.Cell(minY), PixelTransfer.Cell(maxY));
    }

    /// <summary>Keeps the part with sign * (coordinate - limit) of 0 or more; returns its number of corners.</summary>
    private static int Clip(
        ReadOnlySpan<(double X, double Y)> from, Span<(double X, double Y)> to, double limit, int sign, bool isX)
    {
        var count = 0;
        for (var i = 0; i < from.Length; i++)
        {
            var (a, b) = (from[i], from[i + 1 == from.Length ? 0 : i + 1]);
            var (da, db) = (sign * ((isX ? a.X : a.Y) - limit), sign * ((isX ? b.X : b.Y) - limit));
            if (da >= 0 && count < to.Length) to[count++] = a;
            if (da < 0 == db < 0 || da == 0 || db == 0 || count == to.Length) continue;
            var at = da / (da - db);
            to[count++] = (a.X + at * (b.X - a.X), a.Y + at * (b.Y - a.Y));
        }

        return count;
    }

    private static double Area(ReadOnlySpan<(double X, double Y)> corners)
    {
        // Relative to the first corner, so that far away from pixel 0 no digits are lost.
        var (sum, origin) = (0.0, corners[0]);
        for (var i = 1; i + 1 < corners.Length; i++)
            sum += (corners[i].X - origin.X) * (corners[i + 1].Y - origin.Y) - (corners[i + 1].X - origin.X) * (corners[i].Y - origin.Y);
        return Math.Abs(sum) / 2;
    }
}
