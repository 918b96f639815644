namespace TsMapSurvey.Models;

/// <summary>gammapy's Shell2SpatialModel: the shell by its outer radius and its width as a fraction of that.</summary>
/// <param name="RadiusDeg">r_0, the outer radius.</param>
/// <param name="Eta">Width over outer radius, above 0 up to 1.</param>
public sealed record Shell2Source(double RadiusDeg, double Eta = 0.2) : ISourceShape
{
    private readonly ShellSource _shell = new((1 - Eta) * RadiusDeg, Eta * RadiusDeg);

    public double EvaluationRadiusDeg => RadiusDeg;

    public double? BinSizeDeg => Eta * RadiusDeg;

    public double DensityPerSr(double eastDeg, double northDeg) => _shell.DensityPerSr(eastDeg, northDeg);
}
