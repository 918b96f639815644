namespace TsMapSurvey.Models;

/// <summary>norm · x^(-α - β ln x) with x = E / reference, dimensionless:  gammapy's LogParabolaNormSpectralModel.</summary>
public sealed record LogParabolaNorm(double Norm = 1, double ReferenceTeV = 10, double Alpha = 0, double Beta = 0) : ISpectralModel
{
    private readonly LogParabola _law = new(Norm, ReferenceTeV, Alpha, Beta);

    public bool IsNorm => true;

    public double Differential(double energyTeV) => _law.Differential(energyTeV);

    public double Integral(double minTeV, double maxTeV) => _law.Integral(minTeV, maxTeV);

    public double EnergyIntegral(double minTeV, double maxTeV) => _law.EnergyIntegral(minTeV, maxTeV);
}
