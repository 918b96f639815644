namespace TsMapSurvey.Models;

/// <summary>norm · (E / reference)^-index · exp(-(λ E)^α), dimensionless:  gammapy's ExpCutoffPowerLawNormSpectralModel.</summary>
/// <param name="LambdaPerTeV">The inverse of the cut-off energy.</param>
public sealed record ExpCutoffPowerLawNorm(
    double Index = 0, double Norm = 1, double ReferenceTeV = 1, double LambdaPerTeV = 0.1, double Alpha = 1) : ISpectralModel
{
    private readonly ExpCutoffPowerLaw _law = new(Index, Norm, ReferenceTeV, LambdaPerTeV, Alpha);

    public bool IsNorm => true;

    public double Differential(double energyTeV) => _law.Differential(energyTeV);

    public double Integral(double minTeV, double maxTeV) => _law.Integral(minTeV, maxTeV);

    public double EnergyIntegral(double minTeV, double maxTeV) => _law.EnergyIntegral(minTeV, maxTeV);
}
