namespace TsMapSurvey.Sky.Projections;

// TAN: Calabretta & Greisen 2002 (FITS WCS paper II), A&A 395, 1077, section 5.1.3: R = (180/pi) cot(theta) (eq. 54).
internal sealed class Gnomonic : ISphereProjection
{
    public Projection Name => Projection.Tan;

    public string Code => "TAN";

    public string Description => "gnomonic projection";

    public double ReferenceThetaDeg => 90;

    public double PeriodDeg => 0;

    public bool TryToNative(double x, double y, out double phiDeg, out double thetaDeg)
    {
        thetaDeg = double.NaN;
        if (!ZenithalPlane.TryToPolar(x, y, out var r, out phiDeg)) return false;
        thetaDeg = Degrees.Atan2(Degrees.PerRadian, r);
        return true;
    }

    public bool TryFromNative(double phiDeg, double thetaDeg, out double x, out double y)
    {
        var (sinTheta, cosTheta) = Degrees.SinCos(thetaDeg);
        x = y = double.NaN;
        if (!(sinTheta > 0)) return false;
        ZenithalPlane.FromPolar(Degrees.PerRadian * cosTheta / sinTheta, phiDeg, out x, out y);
        return true;
    }
}
