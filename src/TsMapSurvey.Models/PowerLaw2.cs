namespace TsMapSurvey.Models;

/// <summary>A power law by its flux between two energies: gammapy's PowerLaw2SpectralModel.</summary>
/// <param name="Amplitude">cm⁻² s⁻¹ between the two energies.</param>
public sealed record PowerLaw2(double Amplitude = 1e-12, double Index = 2, double MinTeV = 0.1, double MaxTeV = 100) : ISpectralModel
{
    /// <summary>The same law with the differential flux at the lower energy.</summary>
    private readonly PowerLaw _law = new(Index, Amplitude / new PowerLaw(Index, 1, MinTeV).Integral(MinTeV, MaxTeV), MinTeV);

    public double Differential(double energyTeV) => _law.Differential(energyTeV);

    public double Integral(double minTeV, double maxTeV) => _law.Integral(minTeV, maxTeV);

    public double EnergyIntegral(double minTeV, double maxTeV) => _law.EnergyIntegral(minTeV, maxTeV);
}
