namespace TsMapSurvey.Sky.Projections;

// Native to celestial coordinates and back: Calabretta & Greisen 2002 (FITS WCS paper II), A&A 395, 1077, eqs. 2 and 5.
//   phi, theta            native longitude, latitude
//   alpha_p, delta_p      celestial position of the native pole (NativePole.LonDeg, LatDeg)
//   phi_p                 native longitude of the celestial pole (NativePole.PhiDeg)
// If both poles coincide (delta_p = +-90), the rotation is a shift of longitude, without trigonometry and without rounding of the latitude.
internal sealed record NativeRotation
{
    private readonly NativePole _pole;
    private readonly double _sinPole;
    private readonly double _cosPole;

    internal NativeRotation(NativePole pole)
    {
        _pole = pole;
        (_sinPole, _cosPole) = Degrees.SinCos(pole.LatDeg);
        if (pole.LatDeg == 90) Shift = Math.IEEERemainder(pole.LonDeg + 180 - pole.PhiDeg, 360);
        if (pole.LatDeg == -90) Shift = Math.IEEERemainder(pole.LonDeg + pole.PhiDeg, 360);
    }

    /// <summary>If the poles coincide: lon = phi + shift (delta_p = 90), or lon = shift - phi and lat = -theta (delta_p = -90). Null if
    /// they do not.</summary>
    internal double? Shift { get; }

    internal bool IsUpright => _pole.LatDeg == 90;

    /// <summary>Longitude in [0, 360).</summary>
    internal void ToCelestial(double phi, double theta, out double lonDeg, out double latDeg)
    {
        if (Shift is { } shift)
        {
            lonDeg = Degrees.Wrap360(IsUpright ? shift + phi : shift - phi);
            latDeg = IsUpright ? theta : -theta;
            return;
        }

        Rotate(theta, phi - _pole.PhiDeg, out var dlon, out latDeg);
        lonDeg = Degrees.Wrap360(_pole.LonDeg + dlon);
    }

    /// <summary>phi in [-180, 180].</summary>
    internal void ToNative(double lonDeg, double latDeg, out double phi, out double theta)
    {
        if (Shift is { } shift)
        {
            phi = Degrees.Wrap180(IsUpright ? lonDeg - shift : shift - lonDeg);
            theta = IsUpright ? latDeg : -latDeg;
            return;
        }

        Rotate(latDeg, lonDeg - _pole.LonDeg, out var dphi, out theta);
        phi = Degrees.Wrap180(_pole.PhiDeg + dphi);
    }

    /// <summary>Rotates native unit vectors to celestial ones.</summary>
    internal Rotation3 Matrix => Rotation3.AboutZ(-_pole.LonDeg)
        * new Rotation3(-_sinPole, 0, _cosPole, 0, -1, 0, _cosPole, 0, _sinPole)
        * Rotation3.AboutZ(_pole.PhiDeg);

    // Eqs. 2 and 5 have the same form: they convert coordinates relative to one pole to coordinates relative to the other.
    // The latitude is computed from all three components because asin loses half the digits near the pole.
    private void Rotate(double latitude, double longitude, out double rotatedLongitude, out double rotatedLatitude)
    {
        var (sinLat, cosLat) = Degrees.SinCos(latitude);
        var (sinLon, cosLon) = Degrees.SinCos(longitude);
        var x = sinLat * _cosPole - cosLat * _sinPole * cosLon;
        var y = -cosLat * sinLon;
        rotatedLongitude = Degrees.Atan2(y, x);
        rotatedLatitude = Degrees.Atan2(sinLat * _sinPole + cosLat * _cosPole * cosLon, Math.Sqrt(x * x + y * y));
    }
}
