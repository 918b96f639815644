namespace TsMapSurvey.Models;

/// <summary>gammapy's PowerLaw2SpectralModel: a power law given by its integral flux between two energies.</summary>
/// <param name="Amplitude">cm⁻² s⁻¹ between the two energies.</param>
public sealed record PowerLaw2(double Amplitude = 1e-12, double Index = 2, double MinTeV = 0.1, double MaxTeV = 100) : ISpectralModel
{
    private readonly PowerLaw _law = new(Index, Amplitude / new PowerLaw(Index, 1, MinTeV).Integral(MinTeV, MaxTeV), MinTeV);

    public double Differential(double energyTeV) => _law.Differential(energyTeV);

    public double Integral(double minTeV, double maxTeV) => _law.Integral(minTeV, maxTeV);

    public double EnergyIntegral(double minTeV, double maxTeV) => _law.EnergyIntegral(minTeV, maxTeV);
}
