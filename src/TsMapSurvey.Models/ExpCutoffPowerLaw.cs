namespace TsMapSurvey.Models;

/// <summary>φ(E) = amplitude · (E / reference)^-index · exp(-(λ E)^α): gammapy's ExpCutoffPowerLawSpectralModel.</summary>
/// <param name="Amplitude">cm⁻² s⁻¹ TeV⁻¹.</param>
/// <param name="LambdaPerTeV">The inverse of the cut-off energy.</param>
public sealed record ExpCutoffPowerLaw(
    double Index = 1.5, double Amplitude = 1e-12, double ReferenceTeV = 1, double LambdaPerTeV = 0.1, double Alpha = 1) : ISpectralModel
{
    public double Differential(double energyTeV) =>
        Amplitude * Math.Pow(energyTeV / ReferenceTeV, -Index) * Math.Exp(-Math.Pow(energyTeV * LambdaPerTeV, Alpha));

    public double Integral(double minTeV, double maxTeV) => LogLogTrapezoid.Integrate(this, minTeV, maxTeV, 0);

    public double EnergyIntegral(double minTeV, double maxTeV) => LogLogTrapezoid.Integrate(this, minTeV, maxTeV, 1);
}
