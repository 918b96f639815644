namespace TsMapSurvey.Models;

/// <summary>φ(E) = amplitude · x^(-α - β ln x) with x = E / reference: gammapy's LogParabolaSpectralModel.</summary>
/// <param name="Amplitude">cm⁻² s⁻¹ TeV⁻¹.</param>
public sealed record LogParabola(double Amplitude = 1e-12, double ReferenceTeV = 10, double Alpha = 2, double Beta = 1) : ISpectralModel
{
    public double Differential(double energyTeV)
    {
        var log = Math.Log(energyTeV / ReferenceTeV);
        return Amplitude * Math.Exp(-log * (Alpha + Beta * log));
    }

    public double Integral(double minTeV, double maxTeV) => LogLogTrapezoid.Integrate(this, minTeV, maxTeV, 0);

    public double EnergyIntegral(double minTeV, double maxTeV) => LogLogTrapezoid.Integrate(this, minTeV, maxTeV, 1);
}
