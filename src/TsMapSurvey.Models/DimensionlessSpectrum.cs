namespace TsMapSurvey.Models;

/// <summary>
/// A spectrum whose amplitude is dimensionless in its file. gammapy allows any unit of the amplitude, and writes a factor as a
/// ConstantSpectralModel without unit.
/// </summary>
/// <param name="Spectrum">The spectral shape, with the dimensionless amplitude.</param>
public sealed record DimensionlessSpectrum(ISpectralModel Spectrum) : ISpectralModel
{
    public bool IsNorm => true;

    public double Differential(double energyTeV) => Spectrum.Differential(energyTeV);

    public double Integral(double minTeV, double maxTeV) => Spectrum.Integral(minTeV, maxTeV);

    public double EnergyIntegral(double minTeV, double maxTeV) => Spectrum.EnergyIntegral(minTeV, maxTeV);
}
