using MathNet.Numerics;

namespace TsMapSurvey.Models;

/// <summary>A line: φ(E) = amplitude / (σ √2π) · exp(-(E - mean)² / 2σ²), gammapy's GaussianSpectralModel.</summary>
/// <param name="Amplitude">Integral flux of the line, cm⁻² s⁻¹.</param>
public sealed record GaussianSpectrum(double Amplitude = 1e-12, double MeanTeV = 1, double SigmaTeV = 2) : ISpectralModel
{
    public double Differential(double energyTeV) =>
        Amplitude / (SigmaTeV * Math.Sqrt(2 * Math.PI)) * Math.Exp(-Math.Pow((energyTeV - MeanTeV) / SigmaTeV, 2) / 2);

    public double Integral(double minTeV, double maxTeV) =>
        Amplitude / 2 * (SpecialFunctions.Erf(Reduced(maxTeV)) - SpecialFunctions.Erf(Reduced(minTeV)));

    public double EnergyIntegral(double minTeV, double maxTeV) =>
        Amplitude * SigmaTeV / Math.Sqrt(2 * Math.PI) * (Math.Exp(-Math.Pow(Reduced(minTeV), 2)) - Math.Exp(-Math.Pow(Reduced(maxTeV), 2)))
            + MeanTeV * Integral(minTeV, maxTeV);

    private double Reduced(double energyTeV) => (energyTeV - MeanTeV) / (Math.Sqrt(2) * SigmaTeV);
}
