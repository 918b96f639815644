namespace TsMapSurvey.Sky.Projections;

// The position of the native pole, from CRVAL, LONPOLE and LATPOLE: Calabretta & Greisen 2002 (FITS WCS paper II), A&A 395, 1077, sec. 2.4.
//   phi_0, theta_0       native coordinates of the reference point (Fiducial)
//   alpha_0, delta_0     CRVAL1, CRVAL2
//   phi_p                LONPOLE: native longitude of the celestial pole
//   delta_p              celestial latitude of the native pole; LATPOLE chooses if eq. 8 has two solutions, and is ignored otherwise
//   alpha_p              celestial longitude of the native pole (eqs. 9, 10)
// The tolerance and the order of the cases follow wcslib (cel.c, celset), so that a header gives the same sky as in wcslib.
internal readonly record struct NativePole(double LonDeg, double LatDeg, double PhiDeg)
{
    private const double Tolerance = 1e-10;

    /// <summary>The default of LONPOLE (paper II, after eq. 7): phi_0, or phi_0 + 180 if delta_0 is less than theta_0.</summary>
    internal static double DefaultLonpole(Fiducial reference, double delta0) => reference.PhiDeg + (delta0 < reference.ThetaDeg ? 180 : 0);

    internal static NativePole Find(Fiducial reference, double alpha0, double delta0, double phiP, double latpole)
    {
        var (phi0, theta0) = (reference.PhiDeg, reference.ThetaDeg);
        if (theta0 == 90) return new NativePole(alpha0, delta0, phiP);
        var (sinDelta0, cosDelta0) = Degrees.SinCos(delta0);
        var (sinPhiP, cosPhiP) = Degrees.SinCos(phiP - phi0);
        var (sinTheta0, cosTheta0) = Degrees.SinCos(theta0);
        var deltaP =
            (phiP == phi0 ? Nearer(theta0, 90 - delta0, latpole) : PoleLatitude(cosTheta0 * cosPhiP, sinTheta0, sinDelta0, latpole))
            ?? throw SkyErrors.NoNativePole(delta0, phiP, latpole);

        // Paper II, eqs. 9 and 10 with their special cases.
        var z = Degrees.Cos(deltaP) * cosDelta0;
        if (Math.Abs(z) < Tolerance)
        {
            var atPole = Math.Abs(cosDelta0) < Tolerance ? alpha0 : deltaP > 0 ? alpha0 + phiP - phi0 - 180 : alpha0 - phiP + phi0;
            return new NativePole(atPole, deltaP, phiP);
        }

        var x = (sinTheta0 - Degrees.Sin(deltaP) * sinDelta0) / z;
        var y = sinPhiP * cosTheta0 / cosDelta0;
        if (x == 0 && y == 0) throw SkyErrors.NoNativePole(delta0, phiP, latpole);
        return new NativePole(alpha0 - Degrees.Atan2(y, x), deltaP, phiP);
    }

    // Paper II, eq. 8: delta_p = atan2(sin theta_0, cos theta_0 cos(phi_p - phi_0)) +- acos(sin delta_0 / length), which is
    // theta_0 +- (90 - delta_0) for phi_p = phi_0.
    private static double? PoleLatitude(double x, double y, double sinDelta0, double latpole)
    {
        var length = Math.Sqrt(x * x + y * y);
        if (length == 0) return sinDelta0 == 0 ? Math.Clamp(latpole, -90, 90) : null;
        var ratio = sinDelta0 / length;
        if (Math.Abs(ratio) > 1 + Tolerance) return null;
        return Nearer(Degrees.Atan2(y, x), Degrees.Acos(Math.Clamp(ratio, -1, 1)), latpole);
    }

    // The one of u + v and u - v that is nearer to LATPOLE; the other if the nearer is not a latitude; null if neither is.
    private static double? Nearer(double u, double v, double latpole)
    {
        double first = Degrees.Wrap180(u + v), second = Degrees.Wrap180(u - v);
        var (near, far) = Math.Abs(latpole - first) < Math.Abs(latpole - second) ? (first, second) : (second, first);
        var latitude = Math.Abs(near) < 90 + Tolerance ? near : far;
        return Math.Abs(latitude) < 90 + Tolerance ? Math.Clamp(latitude, -90, 90) : null;
    }
}
