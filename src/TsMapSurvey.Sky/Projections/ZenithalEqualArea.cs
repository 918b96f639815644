namespace TsMapSurvey.Sky.Projections;

// ZEA: Calabretta & Greisen 2002 (FITS WCS paper II), A&A 395, 1077, section 5.1.8: R = (360/pi) sin((90 - theta)/2) (eq. 69). The whole
// sky is a disk of 360/pi degrees.
internal sealed class ZenithalEqualArea : ISphereProjection
{
    // As in wcslib's zeax2s: by rounding, the antipode may appear outside the disk.
    private const double RimTolerance = 1e-12;

    public Projection Name => Projection.Zea;

    public string Code => "ZEA";

    public string Description => "zenithal/azimuthal equal area projection";

    public double ReferenceThetaDeg => 90;

    public double PeriodDeg => 0;

    public bool TryToNative(double x, double y, out double phiDeg, out double thetaDeg)
    {
        thetaDeg = double.NaN;
        if (ZenithalPlane.TryToPolar(x, y, out var r, out phiDeg) && r / (2 * Degrees.PerRadian) is var sin and <= 1 + RimTolerance)
        {
            thetaDeg = 90 - 2 * Math.Asin(Math.Min(sin, 1)) * Degrees.PerRadian;
            return true;
        }

        phiDeg = double.NaN;
        return false;
    }

    public bool TryFromNative(double phiDeg, double thetaDeg, out double x, out double y)
    {
        ZenithalPlane.FromPolar(2 * Degrees.PerRadian * Degrees.Sin((90 - thetaDeg) / 2), phiDeg, out x, out y);
        return true;
    }
}
