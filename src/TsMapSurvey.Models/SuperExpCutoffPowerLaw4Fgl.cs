namespace TsMapSurvey.Models;

/// <summary>
/// φ(E) = amplitude · (E / reference)^-Γ1 · exp(a (reference^Γ2 - E^Γ2)) with MeV as the unit inside exp: gammapy's
/// SuperExpCutoffPowerLaw4FGLSpectralModel (4FGL, arXiv:1902.10045, equation 4).
/// </summary>
/// <param name="Amplitude">cm⁻² s⁻¹ TeV⁻¹ at the reference energy.</param>
/// <param name="ExpFactor">a, in MeV^-Γ2.</param>
public sealed record SuperExpCutoffPowerLaw4Fgl(
    double Amplitude = 1e-12, double ReferenceTeV = 1, double ExpFactor = 1e-14, double Index1 = 1.5, double Index2 = 2) : ISpectralModel
{
    private const double MeVPerTeV = 1e6;

    public double Differential(double energyTeV) =>
        Amplitude * Math.Pow(energyTeV / ReferenceTeV, -Index1)
            * Math.Exp(ExpFactor * (Math.Pow(ReferenceTeV * MeVPerTeV, Index2) - Math.Pow(energyTeV * MeVPerTeV, Index2)));

    public double Integral(double minTeV, double maxTeV) => LogLogTrapezoid.Integrate(this, minTeV, maxTeV, 0);

    public double EnergyIntegral(double minTeV, double maxTeV) => LogLogTrapezoid.Integrate(this, minTeV, maxTeV, 1);
}
