namespace TsMapSurvey.Models;

/// <summary>
/// gammapy's GaussianSpatialModel. A round source has the density exp(-(1 - cos r) / (2a)) times N, with a = 1 - cos σ, which is a
/// Gaussian in the plane for small σ and is normalised on the sphere: N = 1 / (4π a (1 - exp(-1/a))). For an elongated source, σ is the
/// ellipse's radius in the direction of the point, and N = 1 / (2π σ_major σ_minor) as in the plane.
/// </summary>
/// <param name="SigmaDeg">Along the major axis.</param>
/// <param name="PhiDeg">Position angle of the major axis.</param>
public sealed record GaussianSource(double SigmaDeg, double Eccentricity = 0, double PhiDeg = 0) : ISourceShape
{
    private readonly Ellipse _ellipse = new(SigmaDeg, Eccentricity, PhiDeg);

    private readonly double _a = OneMinusCos(SigmaDeg);

    private readonly double _norm = Norm(SigmaDeg, Eccentricity);

    public double EvaluationRadiusDeg => 5 * SigmaDeg;

    public double? BinSizeDeg => SigmaDeg / 3;

    public double DensityPerSr(double eastDeg, double northDeg)
    {
        var r = Math.Sqrt(eastDeg * eastDeg + northDeg * northDeg);
        var a = Eccentricity == 0 ? _a : OneMinusCos(_ellipse.RadiusDeg(eastDeg, northDeg, r));
        return _norm * Math.Exp(-0.5 * OneMinusCos(r) / a);
    }

    private static double Norm(double sigmaDeg, double eccentricity)
    {
        var (sigma, a) = (double.DegreesToRadians(sigmaDeg), OneMinusCos(sigmaDeg));
        return eccentricity == 0
            ? 1 / (4 * Math.PI * a * (1 - Math.Exp(-1 / a)))
            : 1 / (2 * Math.PI * sigma * sigma * Math.Sqrt(1 - eccentricity * eccentricity));
    }

    /// <summary>
    /// The series loses no digits near 0 and is faster than a cosine. Its first omitted term is below 1e-16 of the value at 0.25 rad.
    /// </summary>
    private static double OneMinusCos(double degrees)
    {
        var r = double.DegreesToRadians(degrees);
        if (r > 0.25) return 1 - Math.Cos(r);
        var x = r * r;
        return x / 2 * (1 - x / 12 * (1 - x / 30 * (1 - x / 56 * (1 - x / 90 * (1 - x / 132)))));
    }
}
