namespace TsMapSurvey.Sky.Projections;

// SIN: Calabretta & Greisen 2002 (FITS WCS paper II), A&A 395, 1077, section 5.1.5, with xi = PV2_1 and eta = PV2_2 (eqs. 61 and 62). On
// the unit sphere, n = (cos theta sin phi, -cos theta cos phi, sin theta):
//   x = n_x + xi s,  y = n_y + eta s,  s = 1 - n_z
// The sphere is seen along (xi, eta, 1): the visible half is n . (xi, eta, 1) >= 0. For the inverse, |n| = 1 is a quadratic for s,
//   (1 + xi^2 + eta^2) s^2 - 2 (1 + xi x + eta y) s + x^2 + y^2 = 0,
// whose smaller root is the visible side. Written as c / (b + root), it keeps full precision at the reference point.
internal sealed record Orthographic(double Xi = 0, double Eta = 0) : ISphereProjection
{
    // By rounding, a point on the rim may appear outside it.
    private const double RimTolerance = 1e-13;

    public Projection Name => Projection.Sin;

    public string Code => "SIN";

    public string Description => "orthographic/synthesis projection";

    public double ReferenceThetaDeg => 90;

    public double PeriodDeg => 0;

    public IEnumerable<(int Number, double Value)> Parameters => [(1, Xi), (2, Eta)];

    public bool TryToNative(double x, double y, out double phiDeg, out double thetaDeg)
    {
        phiDeg = thetaDeg = double.NaN;
        x /= Degrees.PerRadian;
        y /= Degrees.PerRadian;
        double a = 1 + Xi * Xi + Eta * Eta, b = 1 + Xi * x + Eta * y, c = x * x + y * y;
        var square = b * b - a * c;
        if (!(square >= -RimTolerance)) return false;
        var s = c / (b + Math.Sqrt(Math.Max(0, square)));
        double east = x - Xi * s, north = y - Eta * s;
        phiDeg = east == 0 && north == 0 ? 0 : Degrees.Atan2(east, -north);
        thetaDeg = Degrees.Atan2(1 - s, Math.Sqrt(east * east + north * north));
        return true;
    }

    public bool TryFromNative(double phiDeg, double thetaDeg, out double x, out double y)
    {
        var (sinTheta, cosTheta) = Degrees.SinCos(thetaDeg);
        var (sinPhi, cosPhi) = Degrees.SinCos(phiDeg);
        double east = cosTheta * sinPhi, north = -cosTheta * cosPhi;
        x = y = double.NaN;
        if (!(sinTheta + Xi * east + Eta * north >= -RimTolerance)) return false;
        // 1 - sin(theta) without cancellation at the native pole.
        var half = Degrees.Sin((90 - thetaDeg) / 2);
        var s = 2 * half * half;
        x = Degrees.PerRadian * (east + Xi * s);
        y = Degrees.PerRadian * (north + Eta * s);
        return true;
    }
}
