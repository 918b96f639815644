namespace TsMapSurvey.Sky.Projections;

// Common to the zenithal projections: Calabretta & Greisen 2002 (FITS WCS paper II), A&A 395, 1077, section 5.1, eqs. 12 to 15:
//   x = R sin(phi), y = -R cos(phi);  R = sqrt(x^2 + y^2), phi = arg(-y, x)
// They differ only in the radius R as a function of native latitude.
internal static class ZenithalPlane
{
    internal static void FromPolar(double radiusDeg, double phiDeg, out double x, out double y)
    {
        var (sinPhi, cosPhi) = Degrees.SinCos(phiDeg);
        x = radiusDeg * sinPhi;
        y = -radiusDeg * cosPhi;
    }

    /// <summary>Returns false, and NaN, if the point is not finite.</summary>
    internal static bool TryToPolar(double x, double y, out double radiusDeg, out double phiDeg)
    {
        radiusDeg = Math.Sqrt(x * x + y * y);
        phiDeg = radiusDeg == 0 ? 0 : Degrees.Atan2(x, -y);
        if (double.IsFinite(radiusDeg)) return true;
        radiusDeg = phiDeg = double.NaN;
        return false;
    }
}
