namespace TsMapSurvey.Sky.Projections;

// STG: Calabretta & Greisen 2002 (FITS WCS paper II), A&A 395, 1077, section 5.1.4: R = (360/pi) tan((90 - theta)/2) (eq. 56). Only the
// antipode of the reference point has no image.
internal sealed class Stereographic : ISphereProjection
{
    public Projection Name => Projection.Stg;

    public string Code => "STG";

    public string Description => "stereographic projection";

    public double ReferenceThetaDeg => 90;

    public double PeriodDeg => 0;

    public bool TryToNative(double x, double y, out double phiDeg, out double thetaDeg)
    {
        thetaDeg = double.NaN;
        if (!ZenithalPlane.TryToPolar(x, y, out var r, out phiDeg)) return false;
        thetaDeg = 90 - 2 * Degrees.Atan2(r, 2 * Degrees.PerRadian);
        return true;
    }

    public bool TryFromNative(double phiDeg, double thetaDeg, out double x, out double y)
    {
        var (sin, cos) = Degrees.SinCos((90 - thetaDeg) / 2);
        x = y = double.NaN;
        if (!(cos > 0)) return false;
        ZenithalPlane.FromPolar(2 * Degrees.PerRadian * sin / cos, phiDeg, out x, out y);
        return true;
    }
}
