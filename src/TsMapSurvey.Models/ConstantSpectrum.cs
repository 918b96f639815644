namespace TsMapSurvey.Models;

/// <summary>gammapy's ConstantSpectralModel: the same differential flux at all energies.</summary>
/// <param name="Value">cm⁻² s⁻¹ TeV⁻¹.</param>
public sealed record ConstantSpectrum(double Value = 1e-12) : ISpectralModel
{
    public double Differential(double energyTeV) => Value;

    public double Integral(double minTeV, double maxTeV) => Value * (maxTeV - minTeV);

    public double EnergyIntegral(double minTeV, double maxTeV) => Value * (maxTeV - minTeV) * (maxTeV + minTeV) / 2;
}
