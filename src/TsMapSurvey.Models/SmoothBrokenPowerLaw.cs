namespace TsMapSurvey.Models;

/// <summary>
/// φ(E) = amplitude · (E / reference)^-Γ1 · (1 + (E / E_break)^((Γ2 - Γ1) / β))^-β: gammapy's SmoothBrokenPowerLawSpectralModel, where β
/// has the sign of Γ2 - Γ1. For equal indices it is a power law (gammapy gives NaN).
/// </summary>
/// <param name="Amplitude">cm⁻² s⁻¹ TeV⁻¹.</param>
/// <param name="Beta">Smoothness, above 0.</param>
public sealed record SmoothBrokenPowerLaw(
    double Index1 = 2, double Index2 = 2, double Amplitude = 1e-12, double BreakTeV = 1, double ReferenceTeV = 1, double Beta = 1)
        : ISpectralModel
{
    public double Differential(double energyTeV)
    {
        var law = Amplitude * Math.Pow(energyTeV / ReferenceTeV, -Index1);
        if (Index1 == Index2) return law;
        var beta = Index2 > Index1 ? Beta : -Beta;
        return law * Math.Pow(1 + Math.Pow(energyTeV / BreakTeV, (Index2 - Index1) / beta), -beta);
    }

    public double Integral(double minTeV, double maxTeV) => LogLogTrapezoid.Integrate(this, minTeV, maxTeV, 0);

    public double EnergyIntegral(double minTeV, double maxTeV) => LogLogTrapezoid.Integrate(this, minTeV, maxTeV, 1);
}
