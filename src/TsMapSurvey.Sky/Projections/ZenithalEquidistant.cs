namespace TsMapSurvey.Sky.Projections;

// ARC: Calabretta & Greisen 2002 (FITS WCS paper II), A&A 395, 1077, section 5.1.6: R = 90 - theta (eq. 67). The whole sky is a disk of 180
// degrees.
internal sealed class ZenithalEquidistant : ISphereProjection
{
    // As in wcslib's prjbchk: by rounding, the antipode may appear outside the disk.
    private const double RimToleranceDeg = 1e-13;

    public Projection Name => Projection.Arc;

    public string Code => "ARC";

    public string Description => "zenithal/azimuthal equidistant projection";

    public double ReferenceThetaDeg => 90;

    public double PeriodDeg => 0;

    public bool TryToNative(double x, double y, out double phiDeg, out double thetaDeg)
    {
        thetaDeg = double.NaN;
        if (ZenithalPlane.TryToPolar(x, y, out var r, out phiDeg) && r <= 180 + RimToleranceDeg)
        {
            thetaDeg = 90 - Math.Min(r, 180);
            return true;
        }

        phiDeg = double.NaN;
        return false;
    }

    public bool TryFromNative(double phiDeg, double thetaDeg, out double x, out double y)
    {
        ZenithalPlane.FromPolar(90 - thetaDeg, phiDeg, out x, out y);
        return true;
    }
}
