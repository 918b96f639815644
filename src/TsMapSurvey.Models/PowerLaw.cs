namespace TsMapSurvey.Models;

/// <summary>φ(E) = amplitude · (E / reference)^-index: gammapy's PowerLawSpectralModel.</summary>
/// <param name="Amplitude">cm⁻² s⁻¹ TeV⁻¹ at the reference energy.</param>
public sealed record PowerLaw(double Index = 2, double Amplitude = 1e-12, double ReferenceTeV = 1) : ISpectralModel
{
    /// <summary>For exponents closer to 0 than this, the closed form loses all digits, and the logarithm is exact.</summary>
    private const double LogarithmBelow = 1e-9;

    public double Differential(double energyTeV) => Amplitude * Math.Pow(energyTeV / ReferenceTeV, -Index);

    public double Integral(double minTeV, double maxTeV) => Amplitude * ReferenceTeV * Moment(1 - Index, minTeV, maxTeV);

    public double EnergyIntegral(double minTeV, double maxTeV) =>
        Amplitude * ReferenceTeV * ReferenceTeV * Moment(2 - Index, minTeV, maxTeV);

    /// <summary>∫ x^(p-1) dx over x = E / reference.</summary>
    private double Moment(double p, double minTeV, double maxTeV) => Math.Abs(p) < LogarithmBelow
        ? Math.Log(maxTeV / minTeV)
        : (Math.Pow(maxTeV / ReferenceTeV, p) - Math.Pow(minTeV / ReferenceTeV, p)) / p;
}
