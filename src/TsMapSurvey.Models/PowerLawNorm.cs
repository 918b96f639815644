namespace TsMapSurvey.Models;

/// <summary>norm · (E / reference)^-tilt, dimensionless:  gammapy's PowerLawNormSpectralModel.</summary>
public sealed record PowerLawNorm(double Tilt = 0, double Norm = 1, double ReferenceTeV = 1) : ISpectralModel
{
    private readonly PowerLaw _law = new(Tilt, Norm, ReferenceTeV);

    public bool IsNorm => true;

    public double Differential(double energyTeV) => _law.Differential(energyTeV);

    public double Integral(double minTeV, double maxTeV) => _law.Integral(minTeV, maxTeV);

    public double EnergyIntegral(double minTeV, double maxTeV) => _law.EnergyIntegral(minTeV, maxTeV);
}
