using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Peaks;

/// <summary>
/// Finds the maximum of TS and H = -∇∇ TS there. The paraboloid ln(TS / TS_0) = c + g·δ - ½ δᵀ A δ is fitted by least squares to the
/// pixels around the highest one, which has TS_0; since ∇ TS = 0 at the maximum, H = TS A there. The logarithm is used because TS around a
/// source is nearly Gaussian, and the logarithm of a Gaussian is a paraboloid at any distance: pixels as wide as the PSF are sufficient,
/// for which second differences of TS itself would give radii that are 20 % too large.
/// <para>
/// The radius of the fitted pixels is where the average of TS on a ring has fallen by the 2.30 that define the error ellipse, so that the
/// ellipse is determined from pixels near it and not from single noisy pixels.
/// </para>
/// </summary>
internal static class PeakFit
{
    private const int MaxRadius = 12;
    private const int Terms = 6;

    /// <summary>The maximum and its error; null if the paraboloid has no maximum, or only outside the fitted pixels.</summary>
    public static (SkyPosition Position, PositionError Error)? Find(ReadOnlySpan<double> ts, SkyGrid grid, int pixel)
    {
        for (var radius = Radius(ts, grid.Width, pixel); radius > 0; radius--)
            if (Fit(ts, grid.Width, pixel, radius) is { } fit && fit.Dx * fit.Dx + fit.Dy * fit.Dy <= radius * radius
                && OnSky(grid, pixel % grid.Width + fit.Dx, pixel / grid.Width + fit.Dy, fit) is { } found)
                return found;
        return null;
    }

    private static int Radius(ReadOnlySpan<double> ts, int width, int pixel)
    {
        for (var radius = 1; radius <= MaxRadius; radius++)
        {
            var (sum, valid, all) = (0.0, 0, 0);
            for (var dy = -radius; dy <= radius; dy++)
                for (var dx = -radius; dx <= radius; dx++)
                {
                    if (!IsWithin(dx, dy, radius) || IsWithin(dx, dy, radius - 1)) continue;
                    all++;
                    var fall = ts[pixel] - At(ts, width, pixel, dx, dy);
                    if (double.IsNaN(fall)) continue;
                    // TS rises again: another peak begins at this radius.
                    if (fall < 0) return Math.Max(1, radius - 1);
                    (sum, valid) = (sum + fall, valid + 1);
                }

            if (2 * valid < all) return Math.Max(1, radius - 1);
            if (sum >= PositionError.DeltaTs * valid) return radius;
        }

        return MaxRadius;
    }

    private static bool IsWithin(int dx, int dy, int radius) => dx * dx + dy * dy <= (radius + 0.5) * (radius + 0.5);

    /// <summary>TS at an offset from a pixel; NaN outside the image.</summary>
    private static double At(ReadOnlySpan<double> ts, int width, int pixel, int dx, int dy)
    {
        var (x, y) = (pixel % width + dx, pixel / width + dy);
        return x >= 0 && x < width && y >= 0 && y < ts.Length / width ? ts[y * width + x] : double.NaN;
    }

    /// <summary>The offset of the maximum in pixels, and the inverse of H in pixels².</summary>
    private static (double Dx, double Dy, double Vxx, double Vxy, double Vyy)? Fit(
        ReadOnlySpan<double> ts, int width, int pixel, int radius)
    {
        var equations = Equations(ts, width, pixel, radius);
        if (!Solve(equations)) return null;
        var (c, gx, gy) = (equations[0, Terms], equations[1, Terms], equations[2, Terms]);
        var (hxx, hxy, hyy) = (equations[3, Terms], equations[4, Terms], equations[5, Terms]);
        var determinant = hxx * hyy - hxy * hxy;
        if (!(hxx > 0 && determinant > 0)) return null;
        var (vxx, vxy, vyy) = (hyy / determinant, -hxy / determinant, hxx / determinant);
        var (dx, dy) = (vxx * gx + vxy * gy, vxy * gx + vyy * gy);
        // The equations are scaled with TS_0, but H is scaled with the TS of the maximum.
        var higher = Math.Exp((c + (gx * dx + gy * dy) / 2) / ts[pixel]);
        return (dx, dy, vxx / higher, vxy / higher, vyy / higher);
    }

    /// <summary>The normal equations, with the right-hand side in the last column.</summary>
    private static double[,] Equations(ReadOnlySpan<double> ts, int width, int pixel, int radius)
    {
        var equations = new double[Terms, Terms + 1];
        Span<double> row = stackalloc double[Terms + 1];
        for (var dy = -radius; dy <= radius; dy++)
            for (var dx = -radius; dx <= radius; dx++)
            {
                var value = At(ts, width, pixel, dx, dy);
                if (!IsWithin(dx, dy, radius) || !(value > 0)) continue;
                (row[0], row[1], row[2], row[3], row[4], row[5]) = (1, dx, dy, -0.5 * dx * dx, -dx * dy, -0.5 * dy * dy);
                row[Terms] = ts[pixel] * Math.Log(value / ts[pixel]);
                for (var i = 0; i < Terms; i++)
                    for (var j = 0; j <= Terms; j++) equations[i, j] += row[i] * row[j];
            }

        return equations;
    }

    /// <summary>Gauss-Jordan elimination in place with row pivoting; false if there are too few pixels, or all on one line.</summary>
    private static bool Solve(double[,] a)
    {
        for (var column = 0; column < Terms; column++)
        {
            var pivot = column;
            for (var i = column + 1; i < Terms; i++)
                if (Math.Abs(a[i, column]) > Math.Abs(a[pivot, column])) pivot = i;
            if (!(Math.Abs(a[pivot, column]) > 1e-9)) return false;
            for (var j = column; j <= Terms; j++) (a[pivot, j], a[column, j]) = (a[column, j], a[pivot, j]);
            for (var i = 0; i < Terms; i++)
            {
                if (i == column) continue;
                var factor = a[i, column] / a[column, column];
                for (var j = column; j <= Terms; j++) a[i, j] -= factor * a[column, j];
            }
        }

        for (var i = 0; i < Terms; i++) a[i, Terms] /= a[i, i];
        return true;
    }

    /// <summary>Converts pixels to degrees towards east and north in the tangent plane at the maximum.</summary>
    private static (SkyPosition Position, PositionError Error)? OnSky(
        SkyGrid grid, double x, double y, (double Dx, double Dy, double Vxx, double Vxy, double Vyy) fit)
    {
        if (Sky(grid, x, y) is not { } position || Sky(grid, x + 0.5, y) is not { } right || Sky(grid, x - 0.5, y) is not { } left
            || Sky(grid, x, y + 0.5) is not { } above || Sky(grid, x, y - 0.5) is not { } below) return null;
        var (alongX, alongY) =
            (Minus(Offset(position, right), Offset(position, left)), Minus(Offset(position, above), Offset(position, below)));
        double Term(double ax, double ay, double bx, double by) => ax * bx * fit.Vxx + (ax * by + ay * bx) * fit.Vxy + ay * by * fit.Vyy;
        return (position, PositionError.Of(
            Term(alongX.East, alongY.East, alongX.East, alongY.East), Term(alongX.East, alongY.East, alongX.North, alongY.North),
            Term(alongX.North, alongY.North, alongX.North, alongY.North)));
    }

    private static SkyPosition? Sky(SkyGrid grid, double x, double y) =>
        grid.Wcs.TryPixelToSky(x, y, out var lon, out var lat) ? new SkyPosition(lon, lat, grid.Frame).To(SkyFrame.Icrs) : null;

    private static (double East, double North) Offset(SkyPosition from, SkyPosition to)
    {
        var (sin, cos) = Math.SinCos(double.DegreesToRadians(from.PositionAngleDeg(to)));
        return (from.SeparationDeg(to) * sin, from.SeparationDeg(to) * cos);
    }

    private static (double East, double North) Minus((double East, double North) a, (double East, double North) b) =>
        (a.East - b.East, a.North - b.North);
}
