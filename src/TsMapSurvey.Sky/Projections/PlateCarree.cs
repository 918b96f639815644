namespace TsMapSurvey.Sky.Projections;

// CAR: Calabretta & Greisen 2002 (FITS WCS paper II), A&A 395, 1077, section 5.2.3: x = phi (eq. 83), y = theta (eq. 84).
// The plane repeats every 360 degrees of phi: every x has a sky position, not only -180 to 180, so an image may cross the native
// longitude 180. (wcslib does the same without its bounds check; with it, astropy gives NaN there.)
internal sealed class PlateCarree : ISphereProjection
{
    // As in wcslib's prjbchk: by rounding, a row that ends at the pole may appear beyond it.
    private const double PoleToleranceDeg = 1e-13;

    public Projection Name => Projection.Car;

    public string Code => "CAR";

    public string Description => "plate caree projection";

    public double ReferenceThetaDeg => 0;

    public double PeriodDeg => 360;

    public bool TryToNative(double x, double y, out double phiDeg, out double thetaDeg)
    {
        if (!(Math.Abs(y) <= 90 + PoleToleranceDeg) || !double.IsFinite(x))
        {
            phiDeg = thetaDeg = double.NaN;
            return false;
        }

        phiDeg = x;
        thetaDeg = Math.Clamp(y, -90, 90);
        return true;
    }

    public bool TryFromNative(double phiDeg, double thetaDeg, out double x, out double y)
    {
        x = phiDeg;
        y = thetaDeg;
        return true;
    }
}
