namespace TsMapSurvey.Models;

/// <summary>
/// φ(E) = amplitude · (E / reference)^-Γ1 · exp((reference / E_cut)^Γ2 - (E / E_cut)^Γ2): gammapy's
/// SuperExpCutoffPowerLaw3FGLSpectralModel, used for pulsars in Fermi-LAT's third catalogue.
/// </summary>
/// <param name="Amplitude">cm⁻² s⁻¹ TeV⁻¹ at the reference energy.</param>
public sealed record SuperExpCutoffPowerLaw3Fgl(
    double Amplitude = 1e-12, double ReferenceTeV = 1, double CutoffTeV = 10, double Index1 = 1.5, double Index2 = 2) : ISpectralModel
{
    public double Differential(double energyTeV) =>
        Amplitude * Math.Pow(energyTeV / ReferenceTeV, -Index1)
            * Math.Exp(Math.Pow(ReferenceTeV / CutoffTeV, Index2) - Math.Pow(energyTeV / CutoffTeV, Index2));

    public double Integral(double minTeV, double maxTeV) => LogLogTrapezoid.Integrate(this, minTeV, maxTeV, 0);

    public double EnergyIntegral(double minTeV, double maxTeV) => LogLogTrapezoid.Integrate(this, minTeV, maxTeV, 1);
}
