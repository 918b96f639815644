namespace TsMapSurvey.Sky;

// Two systems are aligned if they have the same pixels up to a shift. Each maps a pixel p to the plane, w = M (p - CRPIX) + o, then by the
// projection to native coordinates, then by a rotation R to celestial coordinates. With the same projection and the same M, pixel p of one
// and p + d of the other show the same sky for all p if
//   R' = R                       and d = CRPIX' - CRPIX + M^-1 (o - o'), or, for projections with parallel meridians (CAR),
//   R = R' Rz(-delta)            a rotation about the native poles: phi' = phi + delta, and (delta, 0) is added to o,
// with delta modulo 360 degrees. The second case includes two CAR headers with CRVAL2 = 0 and different CRVAL1.
public sealed partial record Wcs
{
    internal const double AlignmentTolerancePixels = 1e-6;

    /// <summary>
    /// Whether both systems have the same pixel grid, shifted by whole pixels (to 1e-6 pixel; pixel sizes to 1e-10, relative). Then this
    /// system's pixel (x, y) is the other's (x + dx, y + dy); if the sky repeats along x, any multiple of <see cref="TurnPixels"/> may be
    /// added to dx.
    /// </summary>
    public bool IsAlignedWith(Wcs other, out int dx, out int dy)
    {
        dx = dy = 0;
        if (!_projection.Equals(other._projection) || Frame != other.Frame || !_matrix.Matches(other._matrix)) return false;
        if (!TryNativeTurn(other, out var delta)) return false;
        double[] turns = _projection.PeriodDeg > 0 ? [0, -_projection.PeriodDeg, _projection.PeriodDeg] : [0];
        foreach (var turn in turns)
        {
            var (tx, ty) =
                _matrix.ToPixels(delta + turn + _planeAtCrpix.X - other._planeAtCrpix.X, _planeAtCrpix.Y - other._planeAtCrpix.Y);
            if (TryRound(other.Crpix1 - Crpix1 + tx, out dx) && TryRound(other.Crpix2 - Crpix2 + ty, out dy)) return true;
        }

        dx = dy = 0;
        return false;
    }

    // phi of the other system minus phi of this one, in degrees from -180 to 180; exactly 0 for the same reference point and poles.
    private bool TryNativeTurn(Wcs other, out double delta)
    {
        delta = 0;
        if (_rotation == other._rotation) return true;
        var turn = other._rotation.Matrix.Inverse * _rotation.Matrix;
        var tolerance = AlignmentTolerancePixels * PixelScaleDeg / Degrees.PerRadian;
        var tilt = Math.Sqrt(turn.M13 * turn.M13 + turn.M23 * turn.M23);
        if (tilt > tolerance || turn.M33 < 0) return false;
        delta = Degrees.Atan2(turn.M21, turn.M11);
        return _projection.PeriodDeg > 0 || Math.Abs(delta) / Degrees.PerRadian <= tolerance;
    }

    private static bool TryRound(double pixels, out int rounded)
    {
        var nearest = Math.Round(pixels);
        var near = Math.Abs(nearest) <= 2.0 * SkyGrid.LongestSide;
        rounded = near ? (int)nearest : 0;
        return near && Math.Abs(pixels - nearest) <= AlignmentTolerancePixels;
    }
}
