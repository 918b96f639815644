namespace TsMapSurvey.Sky;

// Spherical trigonometry on the triangle (pole, a, b); dl = longitude of b minus longitude of a.
// Separation: Vincenty's formula for the sphere (1975, Survey Review 23, 88), accurate at all distances, as astropy uses it.
internal static class AngularDistance
{
    internal static double SeparationDeg(SkyPosition a, SkyPosition b)
    {
        var (sinDl, cosDl) = Degrees.SinCos(b.LonDeg - a.LonDeg);
        var (sinA, cosA) = Degrees.SinCos(a.LatDeg);
        var (sinB, cosB) = Degrees.SinCos(b.LatDeg);
        var east = cosB * sinDl;
        var north = cosA * sinB - sinA * cosB * cosDl;
        return Degrees.Atan2(Math.Sqrt(east * east + north * north), sinA * sinB + cosA * cosB * cosDl);
    }

    internal static double PositionAngleDeg(SkyPosition a, SkyPosition b)
    {
        var (sinDl, cosDl) = Degrees.SinCos(b.LonDeg - a.LonDeg);
        var (sinA, cosA) = Degrees.SinCos(a.LatDeg);
        var (sinB, cosB) = Degrees.SinCos(b.LatDeg);
        return Degrees.Wrap360(Degrees.Atan2(sinDl * cosB, sinB * cosA - cosB * sinA * cosDl));
    }

    internal static SkyPosition Offset(SkyPosition a, double positionAngleDeg, double separationDeg)
    {
        var (sinD, cosD) = Degrees.SinCos(separationDeg);
        var (sinP, cosP) = Degrees.SinCos(positionAngleDeg);
        var (sinA, cosA) = Degrees.SinCos(a.LatDeg);
        // The offset point along the axes (towards a, east, north) at a, then rotated about the east axis by the latitude of a.
        double towards = cosD, east = sinD * sinP, north = sinD * cosP;
        var x = cosA * towards - sinA * north;
        var z = sinA * towards + cosA * north;
        var lat = Degrees.Atan2(z, Math.Sqrt(x * x + east * east));
        return new SkyPosition(Degrees.Wrap360(a.LonDeg + Degrees.Atan2(east, x)), lat, a.Frame);
    }
}
