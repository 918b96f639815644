using MathNet.Numerics;

namespace TsMapSurvey.Models;

/// <summary>
/// gammapy's GeneralizedGaussianSpatialModel: density ∝ exp(-(r / r_0)^(1/η)). It approaches a disk for η → 0, is a Gaussian for η = 0.5
/// and a Laplace profile for η = 1.
/// </summary>
/// <param name="RadiusDeg">r_0, along the major axis.</param>
/// <param name="PhiDeg">Position angle of the major axis.</param>
public sealed record GeneralizedGaussianSource(double RadiusDeg, double Eta = 0.5, double Eccentricity = 0, double PhiDeg = 0)
    : ISourceShape
{
    private readonly Ellipse _ellipse = new(RadiusDeg, Eccentricity, PhiDeg);

    private readonly double _norm = 1 / (2 * Math.PI * RadiusDeg * RadiusDeg * Math.Sqrt(1 - Eccentricity * Eccentricity)
        * Math.Pow(Math.PI / 180, 2) * Eta * SpecialFunctions.Gamma(2 * Eta));

    public double EvaluationRadiusDeg => RadiusDeg * (1 + 8 * Eta);

    public double? BinSizeDeg => RadiusDeg / (3 + 8 * Eta) / (Eccentricity + 1);

    public double DensityPerSr(double eastDeg, double northDeg)
    {
        var r = Math.Sqrt(eastDeg * eastDeg + northDeg * northDeg);
        return _norm * Math.Exp(-Math.Pow(r / _ellipse.RadiusDeg(eastDeg, northDeg, r), 1 / Eta));
    }
}
