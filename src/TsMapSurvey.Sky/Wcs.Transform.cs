using System.Diagnostics;

namespace TsMapSurvey.Sky;

public sealed partial record Wcs
{
    /// <summary>
    /// Number of columns after which the sky repeats (360 degrees of native longitude). Null if the projection is not CAR, the axes are
    /// rotated, or the number is not an integer (to 1e-6).
    /// </summary>
    public int? TurnPixels
    {
        get
        {
            if (_projection.PeriodDeg == 0 || !_matrix.IsDiagonal) return null;
            var turn = Math.Abs(_projection.PeriodDeg / _matrix.M11);
            return turn <= SkyGrid.LongestSide && Math.Abs(turn - Math.Round(turn)) <= AlignmentTolerancePixels
                ? (int)Math.Round(turn) : null;
        }
    }

    /// <summary>The step in pixels after which the sky repeats; (0, 0) if it does not.</summary>
    internal (double X, double Y) TurnStep => _projection.PeriodDeg == 0 ? (0, 0) : _matrix.ToPixels(_projection.PeriodDeg, 0);

    /// <summary>Whether pixel rows are parallels of latitude (CAR, native poles at the celestial poles, no rotation).</summary>
    internal bool RowsAreParallels => _projection.PeriodDeg > 0 && _matrix.IsDiagonal && _rotation.Shift is not null;

    /// <summary>
    /// The sky position of a pixel coordinate, in <see cref="Frame"/>, longitude in [0, 360). Returns false, and NaN, if there is none
    /// (beyond a native pole, outside the rim of an all-sky image, or not finite). A CAR plane continues beyond the native longitudes -180
    /// and 180 and repeats the sky.
    /// </summary>
    public bool TryPixelToSky(double x, double y, out double lonDeg, out double latDeg)
    {
        var (u, v) = _matrix.ToPlane(x + 1 - Crpix1, y + 1 - Crpix2);
        if (!_projection.TryToNative(u + _planeAtCrpix.X, v + _planeAtCrpix.Y, out var phi, out var theta))
        {
            lonDeg = latDeg = double.NaN;
            return false;
        }

        _rotation.ToCelestial(phi, theta, out lonDeg, out latDeg);
        return true;
    }

    /// <summary>
    /// The pixel coordinate of a sky position in <see cref="Frame"/>; any multiple of 360 may be added to the longitude. Returns false, and
    /// NaN, if the projection has no image of the position (the far half of the sky for TAN and SIN) or the position is invalid. For CAR
    /// the copy with native longitude -180 to 180 is returned; <see cref="SkyGrid.TryPixelOf(SkyPosition, out double, out double)"/>
    /// returns the copy nearest to an image.
    /// </summary>
    public bool TrySkyToPixel(double lonDeg, double latDeg, out double x, out double y)
    {
        if (!double.IsFinite(lonDeg) || !(Math.Abs(latDeg) <= 90))
        {
            x = y = double.NaN;
            return false;
        }

        _rotation.ToNative(lonDeg, latDeg, out var phi, out var theta);
        if (!_projection.TryFromNative(phi, theta, out var u, out var v))
        {
            x = y = double.NaN;
            return false;
        }

        var (dx, dy) = _matrix.ToPixels(u - _planeAtCrpix.X, v - _planeAtCrpix.Y);
        x = dx + (Crpix1 - 1);
        y = dy + (Crpix2 - 1);
        return true;
    }

    /// <summary><see cref="TryPixelToSky"/> for many pixels; NaN if there is no sky position. All spans must have the same length. Returns
    /// the number of sky positions. Allocates nothing.</summary>
    public int PixelToSky(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> lonDeg, Span<double> latDeg)
    {
        Debug.Assert(x.Length == y.Length && x.Length == lonDeg.Length && x.Length == latDeg.Length, "spans of one length");
        var found = 0;
        for (var i = 0; i < x.Length; i++)
            if (TryPixelToSky(x[i], y[i], out lonDeg[i], out latDeg[i])) found++;
        return found;
    }

    /// <summary><see cref="TrySkyToPixel"/> for many positions; NaN if there is no pixel. All spans must have the same length. Returns the
    /// number of pixels. Allocates nothing.</summary>
    public int SkyToPixel(ReadOnlySpan<double> lonDeg, ReadOnlySpan<double> latDeg, Span<double> x, Span<double> y)
    {
        Debug.Assert(x.Length == y.Length && x.Length == lonDeg.Length && x.Length == latDeg.Length, "spans of one length");
        var found = 0;
        for (var i = 0; i < lonDeg.Length; i++)
            if (TrySkyToPixel(lonDeg[i], latDeg[i], out x[i], out y[i])) found++;
        return found;
    }
}
