namespace TsMapSurvey.Models;

/// <summary>
/// gammapy's BrokenPowerLawSpectralModel: one index below the break energy, another above. As in gammapy, the grid of the numerical
/// integration has no node at the break.
/// </summary>
/// <param name="Amplitude">cm⁻² s⁻¹ TeV⁻¹ at the break.</param>
public sealed record BrokenPowerLaw(double Index1 = 2, double Index2 = 2, double Amplitude = 1e-12, double BreakTeV = 1) : ISpectralModel
{
    public double Differential(double energyTeV) => Amplitude * Math.Pow(energyTeV / BreakTeV, energyTeV < BreakTeV ? -Index1 : -Index2);

    public double Integral(double minTeV, double maxTeV) => LogLogTrapezoid.Integrate(this, minTeV, maxTeV, 0);

    public double EnergyIntegral(double minTeV, double maxTeV) => LogLogTrapezoid.Integrate(this, minTeV, maxTeV, 1);
}
