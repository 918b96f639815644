namespace TsMapSurvey.Models;

/// <summary>
/// φ(E) = amplitude · (E / reference)^-index · exp((reference - E) / E_cut): gammapy's ExpCutoffPowerLaw3FGLSpectralModel.
/// </summary>
/// <param name="Amplitude">cm⁻² s⁻¹ TeV⁻¹ at the reference energy.</param>
public sealed record ExpCutoffPowerLaw3Fgl(
    double Index = 1.5, double Amplitude = 1e-12, double ReferenceTeV = 1, double CutoffTeV = 10) : ISpectralModel
{
    public double Differential(double energyTeV) =>
        Amplitude * Math.Pow(energyTeV / ReferenceTeV, -Index) * Math.Exp((ReferenceTeV - energyTeV) / CutoffTeV);

    public double Integral(double minTeV, double maxTeV) => LogLogTrapezoid.Integrate(this, minTeV, maxTeV, 0);

    public double EnergyIntegral(double minTeV, double maxTeV) => LogLogTrapezoid.Integrate(this, minTeV, maxTeV, 1);
}
