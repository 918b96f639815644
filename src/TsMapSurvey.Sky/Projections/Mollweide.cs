namespace TsMapSurvey.Sky.Projections;

// MOL: Calabretta & Greisen 2002 (FITS WCS paper II), A&A 395, 1077, section 5.3.3, eqs. 100 to 102:
//   x = (2 sqrt(2)/pi) phi cos(gamma),  y = sqrt(2) (180/pi) sin(gamma),  2 gamma + sin(2 gamma) = pi sin(theta)
// With the distances from the pole, d = 90 degrees - |gamma| and e = 90 degrees - |theta|, the last equation becomes
//   2 d - sin(2 d) = 2 pi sin^2(e/2)
// This form has no cancellation: it keeps full precision near the pole, where the equation for gamma is flat.
internal sealed class Mollweide : ISphereProjection
{
    private const double HalfHeightDeg = 1.41421356237309504880 * Degrees.PerRadian;
    private const double DegreeAtEquator = 2 * 1.41421356237309504880 / Math.PI;

    // As in wcslib's molx2s: by rounding, a row that ends at the pole may appear beyond it.
    private const double PoleTolerance = 1e-12;

    public Projection Name => Projection.Mol;

    public string Code => "MOL";

    public string Description => "Mollweide's projection";

    public double ReferenceThetaDeg => 0;

    public double PeriodDeg => 0;

    public bool TryToNative(double x, double y, out double phiDeg, out double thetaDeg)
    {
        phiDeg = thetaDeg = double.NaN;
        var sinGamma = y / HalfHeightDeg;
        if (!(Math.Abs(sinGamma) <= 1 + PoleTolerance)) return false;
        sinGamma = Math.Clamp(sinGamma, -1, 1);
        var cosGamma = Math.Sqrt((1 - sinGamma) * (1 + sinGamma));
        if (!Rim.TryLongitude(x, DegreeAtEquator * cosGamma, out phiDeg)) return false;
        var d = Math.Atan2(cosGamma, Math.Abs(sinGamma));
        var e = 2 * Math.Asin(Math.Min(1, Math.Sqrt(Excess(2 * d) / (2 * Math.PI))));
        thetaDeg = sinGamma == 0 ? 0 : Math.CopySign(90 - e * Degrees.PerRadian, sinGamma);
        return true;
    }

    public bool TryFromNative(double phiDeg, double thetaDeg, out double x, out double y)
    {
        var (sinGamma, cosGamma) = Gamma(Math.Abs(thetaDeg));
        x = DegreeAtEquator * phiDeg * cosGamma;
        y = Math.CopySign(HalfHeightDeg * sinGamma, thetaDeg);
        return true;
    }

    // Newton's method for D - sin(D) = target with D = 2 d. The function is convex for 0 <= D <= pi, so the iteration started above the
    // root decreases until rounding stops it. (D - sin(D)) / D^3 falls from 1/6 to 1/pi^2, so the cube root of pi^2 times the target is
    // above the root.
    private static (double Sin, double Cos) Gamma(double thetaDeg)
    {
        if (thetaDeg == 0) return (0, 1);
        var half = Degrees.Sin((90 - thetaDeg) / 2);
        var target = 2 * Math.PI * half * half;
        if (target == 0) return (1, 0);
        var twice = Math.PI;
        for (var next = Math.Cbrt(Math.PI * Math.PI * target); next < twice;)
        {
            twice = next;
            var sin = Math.Sin(twice / 2);
            next = twice - (Excess(twice) - target) / (2 * sin * sin);
        }

        return (Math.Cos(twice / 2), Math.Sin(twice / 2));
    }

    // a - sin(a); its series for small a, where the difference would lose digits.
    private static double Excess(double a)
    {
        if (a > 1) return a - Math.Sin(a);
        double term = a * a * a / 6, sum = term;
        for (var n = 4; Math.Abs(term) > 1e-17 * sum; n += 2)
        {
            term *= -a * a / (n * (n + 1));
            sum += term;
        }

        return sum;
    }
}
