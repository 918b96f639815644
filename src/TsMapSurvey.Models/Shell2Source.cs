namespace TsMapSurvey.Models;

/// <summary>gammapy's Shell2SpatialModel: a shell given by its outer radius and by its width as a fraction of that radius.</summary>
/// <param name="RadiusDeg">r_0, the outer radius.</param>
/// <param name="Eta">Width divided by outer radius, above 0 and at most 1.</param>
public sealed record Shell2Source(double RadiusDeg, double Eta = 0.2) : ISourceShape
{
    private readonly ShellSource _shell = new((1 - Eta) * RadiusDeg, Eta * RadiusDeg);

    public double EvaluationRadiusDeg => RadiusDeg;

    public double? BinSizeDeg => Eta * RadiusDeg;

    public double DensityPerSr(double eastDeg, double northDeg) => _shell.DensityPerSr(eastDeg, northDeg);
}
