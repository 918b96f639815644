namespace TsMapSurvey.Sky.Projections;

// TAN: Calabretta & Greisen 2002 (FITS WCS paper II), A&A 395, 1077, sections 5.1 and 5.1.3.
// R_theta = (180/pi) cot(theta) (eq. 54); x = R_theta sin(phi), y = -R_theta cos(phi) (eqs. 12, 13).
internal sealed class Gnomonic : ISphereProjection
{
    public Projection Name => Projection.Tan;

    public string Code => "TAN";

    public string Description => "gnomonic projection";

    public double ReferenceThetaDeg => 90;

    public double PeriodDeg => 0;

    public bool TryToNative(double x, double y, out double phiDeg, out double thetaDeg)
    {
        var r = Math.Sqrt(x * x + y * y);
        if (!double.IsFinite(r))
        {
            phiDeg = thetaDeg = double.NaN;
            return false;
        }

        phiDeg = r == 0 ? 0 : Degrees.Atan2(x, -y);
        thetaDeg = Degrees.Atan2(Degrees.PerRadian, r);
        return true;
    }

    public bool TryFromNative(double phiDeg, double thetaDeg, out double x, out double y)
    {
        var (sinTheta, cosTheta) = Degrees.SinCos(thetaDeg);
        if (!(sinTheta > 0))
        {
            x = y = double.NaN;
            return false;
        }

        var r = Degrees.PerRadian * cosTheta / sinTheta;
        var (sinPhi, cosPhi) = Degrees.SinCos(phiDeg);
        x = r * sinPhi;
        y = -r * cosPhi;
        return true;
    }
}
