namespace TsMapSurvey.Maps.Models;

/// <summary>
/// gammapy's GaussianSpatialModel, round: density ∝ exp(-(1 - cos r) / (2a)) with a = 1 - cos σ, which is a Gaussian in the
/// plane for small σ and stays normalised on the sphere: N = 1 / (4π a (1 - exp(-1/a))).
/// </summary>
public sealed record GaussianSource(double SigmaDeg) : ISpatialModel
{
    private readonly double _a = 1 - Math.Cos(double.DegreesToRadians(SigmaDeg));

    public double EvaluationRadiusDeg => 5 * SigmaDeg;

    public double? BinSizeDeg => SigmaDeg / 3;

    public double DensityPerSr(double separationDeg) =>
        Math.Exp(-(1 - Math.Cos(double.DegreesToRadians(separationDeg))) / (2 * _a)) / (4 * Math.PI * _a * (1 - Math.Exp(-1 / _a)));
}
