namespace TsMapSurvey.Plots;

/// <summary>
/// Contours by marching squares between pixel centres with linear interpolation along the sides (Maple 2003, "Geometric design and space
/// planning using the marching squares and marching cube algorithms"). A saddle is resolved by the mean of its corners. Squares with a NaN
/// corner have no line.
/// </summary>
internal static class ContourLines
{
    /// <summary>Line segments in pixel coordinates.</summary>
    internal static List<(double X1, double Y1, double X2, double Y2)> Of(ReadOnlySpan<double> values, int width, int height, double level)
    {
        var pieces = new List<(double, double, double, double)>();
        for (var y = 0; y + 1 < height; y++)
        {
            for (var x = 0; x + 1 < width; x++)
            {
                var at = y * width + x;
                var corners = new Cell(x, y, values[at], values[at + 1], values[at + width + 1], values[at + width]);
                if (corners.IsFinite) corners.Cut(level, pieces);
            }
        }

        return pieces;
    }

    // Corners counter-clockwise from the lower left: A (x, y), B (x + 1, y), C (x + 1, y + 1), D (x, y + 1).
    private readonly record struct Cell(int X, int Y, double A, double B, double C, double D)
    {
        internal bool IsFinite => double.IsFinite(A + B + C + D);

        internal void Cut(double level, List<(double, double, double, double)> pieces)
        {
            var above = (A >= level ? 1 : 0) | (B >= level ? 2 : 0) | (C >= level ? 4 : 0) | (D >= level ? 8 : 0);
            if (above is 0 or 15) return;
            var lower = (X + Between(A, B), (double)Y);
            var right = (X + 1.0, Y + Between(B, C));
            var upper = (X + Between(D, C), Y + 1.0);
            var left = ((double)X, Y + Between(A, D));
            var middleAbove = (A + B + C + D) / 4 >= level;
            switch (above)
            {
                case 1 or 14: Add(left, lower); break;
                case 2 or 13: Add(lower, right); break;
                case 4 or 11: Add(right, upper); break;
                case 8 or 7: Add(upper, left); break;
                case 3 or 12: Add(left, right); break;
                case 6 or 9: Add(lower, upper); break;
                case 5 when middleAbove: Add(lower, right); Add(upper, left); break;
                case 5: Add(left, lower); Add(right, upper); break;
                case 10 when middleAbove: Add(left, lower); Add(right, upper); break;
                default: Add(lower, right); Add(upper, left); break;
            }

            double Between(double from, double to) => (level - from) / (to - from);

            void Add((double X, double Y) one, (double X, double Y) other) => pieces.Add((one.X, one.Y, other.X, other.Y));
        }
    }
}
