using MathNet.Numerics;

namespace TsMapSurvey.Models;

/// <summary>
/// gammapy's DiskSpatialModel: constant inside an ellipse. At the edge an error function falls from 95 % to 5 % over the fraction
/// edge_width of the radius. The norm is that of the ellipse with a sharp edge on the sphere.
/// </summary>
/// <param name="RadiusDeg">r_0, the semi-major axis.</param>
/// <param name="PhiDeg">Position angle of the major axis.</param>
/// <param name="EdgeWidth">As a fraction of the radius.</param>
public sealed record DiskSource(double RadiusDeg, double Eccentricity = 0, double PhiDeg = 0, double EdgeWidth = 0.01) : ISourceShape
{
    /// <summary>√2 times the 95 % quantile of the normal distribution, as in gammapy.</summary>
    private const double Edge95 = 2.326174307353347;

    /// <summary>For arguments beyond ±6, erf is ±1 in double precision.</summary>
    private const double Saturated = 6;

    private readonly Ellipse _ellipse = new(RadiusDeg, Eccentricity, PhiDeg);

    private readonly double _norm = 1 / SolidAngleSr(RadiusDeg, Eccentricity);

    public double EvaluationRadiusDeg => 1.1 * RadiusDeg * (1 + EdgeWidth);

    public double? BinSizeDeg => RadiusDeg * (1 - EdgeWidth) / 10;

    public double DensityPerSr(double eastDeg, double northDeg)
    {
        var r = Math.Sqrt(eastDeg * eastDeg + northDeg * northDeg);
        var radius = _ellipse.RadiusDeg(eastDeg, northDeg, r);
        var beyond = (r - radius) * Edge95;
        var width = radius * EdgeWidth;
        if (beyond >= Saturated * width) return 0;
        return beyond <= -Saturated * width ? _norm : _norm * 0.5 * (1 - SpecialFunctions.Erf(beyond / width));
    }

    /// <summary>
    /// ∫ (1 - cos ρ(x)) dx over the azimuth, where 1 / sin² ρ = cos² x / sin² a + sin² x / sin² b for the semi-axes a and b. The
    /// integrand is smooth and periodic, so the trapezoid rule converges exponentially.
    /// </summary>
    private static double SolidAngleSr(double radiusDeg, double eccentricity)
    {
        const int Steps = 4096;
        var a = double.DegreesToRadians(radiusDeg);
        var b = a * Math.Sqrt(1 - eccentricity * eccentricity);
        var (inverseA, inverseB) = (1 / (Math.Sin(a) * Math.Sin(a)), 1 / (Math.Sin(b) * Math.Sin(b)));
        var sum = 0.0;
        for (var i = 0; i < Steps; i++)
        {
            var cos = Math.Cos(Math.PI * i / Steps);
            var sinSquared = 1 / (inverseB + (inverseA - inverseB) * cos * cos);
            sum += sinSquared / (1 + Math.Sqrt(1 - sinSquared));
        }

        return 2 * Math.PI * sum / Steps;
    }
}
