namespace TsMapSurvey.Sky.Projections;

// AIT: Calabretta & Greisen 2002 (FITS WCS paper II), A&A 395, 1077, section 5.3.4, eqs. 104 to 109, with x and y in radian:
//   x = 2 g cos(theta) sin(phi/2),  y = g sin(theta),  g = sqrt(2 / (1 + cos(theta) cos(phi/2)))
//   Z^2 = 1 - (x/4)^2 - (y/2)^2,  cos(theta) cos(phi/2) = 2 Z^2 - 1,  cos(theta) sin(phi/2) = x Z / 2,  sin(theta) = y Z
// The image of the sky is the ellipse Z^2 >= 1/2.
internal sealed class HammerAitoff : ISphereProjection
{
    // As in wcslib's aitx2s: by rounding, a point on the rim may appear outside it.
    private const double RimTolerance = 1e-13;

    public Projection Name => Projection.Ait;

    public string Code => "AIT";

    public string Description => "Hammer-Aitoff projection";

    public double ReferenceThetaDeg => 0;

    public double PeriodDeg => 0;

    public bool TryToNative(double x, double y, out double phiDeg, out double thetaDeg)
    {
        phiDeg = thetaDeg = double.NaN;
        x /= Degrees.PerRadian;
        y /= Degrees.PerRadian;
        var square = 1 - x * x / 16 - y * y / 4;
        if (!(square >= 0.5 - RimTolerance)) return false;
        var z = Math.Sqrt(square);
        double ahead = Math.Max(0, 2 * square - 1), east = x * z / 2;
        phiDeg = ahead == 0 && east == 0 ? 0 : 2 * Degrees.Atan2(east, ahead);
        thetaDeg = Degrees.Atan2(y * z, Math.Sqrt(ahead * ahead + east * east));
        return true;
    }

    public bool TryFromNative(double phiDeg, double thetaDeg, out double x, out double y)
    {
        var (sinTheta, cosTheta) = Degrees.SinCos(thetaDeg);
        var (sinHalf, cosHalf) = Degrees.SinCos(phiDeg / 2);
        var g = Degrees.PerRadian * Math.Sqrt(2 / (1 + cosTheta * cosHalf));
        x = 2 * g * cosTheta * sinHalf;
        y = g * sinTheta;
        return true;
    }
}
