namespace TsMapSurvey.Sky.Projections;

// SFL: Calabretta & Greisen 2002 (FITS WCS paper II), A&A 395, 1077, section 5.3.1: x = phi cos(theta), y = theta (eqs. 93 and 94).
internal sealed class SansonFlamsteed : ISphereProjection
{
    public Projection Name => Projection.Sfl;

    public string Code => "SFL";

    public string Description => "Sanson-Flamsteed projection";

    public double ReferenceThetaDeg => 0;

    public double PeriodDeg => 0;

    public bool TryToNative(double x, double y, out double phiDeg, out double thetaDeg)
    {
        thetaDeg = Math.Clamp(y, -90, 90);
        phiDeg = double.NaN;
        if (Math.Abs(y) <= 90 + Rim.ToleranceDeg && Rim.TryLongitude(x, Degrees.Cos(thetaDeg), out phiDeg)) return true;
        thetaDeg = double.NaN;
        return false;
    }

    public bool TryFromNative(double phiDeg, double thetaDeg, out double x, out double y)
    {
        x = phiDeg * Degrees.Cos(thetaDeg);
        y = thetaDeg;
        return true;
    }
}
