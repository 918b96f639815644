namespace TsMapSurvey.Models;

/// <summary>
/// A spectrum whose amplitude a file gives as a pure number: gammapy takes any unit, and writes a factor as a ConstantSpectralModel of
/// none.
/// </summary>
/// <param name="Spectrum">One with an amplitude per energy, its number without unit.</param>
public sealed record PureSpectrum(ISpectralModel Spectrum) : ISpectralModel
{
    public bool IsNorm => true;

    public double Differential(double energyTeV) => Spectrum.Differential(energyTeV);

    public double Integral(double minTeV, double maxTeV) => Spectrum.Integral(minTeV, maxTeV);

    public double EnergyIntegral(double minTeV, double maxTeV) => Spectrum.EnergyIntegral(minTeV, maxTeV);
}
