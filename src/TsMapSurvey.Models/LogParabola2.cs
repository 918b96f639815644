namespace TsMapSurvey.Models;

/// <summary>
/// φ(E) = amplitude · x^(-α - β ln(E / scale)) with x = E / reference: gammapy's LogParabola2SpectralModel, with a separate energy scale
/// for the curvature.
/// </summary>
/// <param name="Amplitude">cm⁻² s⁻¹ TeV⁻¹ at the reference energy.</param>
public sealed record LogParabola2(
    double Amplitude = 1e-12, double ReferenceTeV = 10, double Alpha = 2, double Beta = 1, double ScaleTeV = 1) : ISpectralModel
{
    public double Differential(double energyTeV) =>
        Amplitude * Math.Exp(-Math.Log(energyTeV / ReferenceTeV) * (Alpha + Beta * Math.Log(energyTeV / ScaleTeV)));

    public double Integral(double minTeV, double maxTeV) => LogLogTrapezoid.Integrate(this, minTeV, maxTeV, 0);

    public double EnergyIntegral(double minTeV, double maxTeV) => LogLogTrapezoid.Integrate(this, minTeV, maxTeV, 1);
}
