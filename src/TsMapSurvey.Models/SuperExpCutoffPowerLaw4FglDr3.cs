namespace TsMapSurvey.Models;

/// <summary>
/// φ(E) = amplitude · x^(-Γ1 + a / Γ2) · exp(a / Γ2² (1 - x^Γ2)) with x = E / reference: gammapy's
/// SuperExpCutoffPowerLaw4FGLDR3SpectralModel (4FGL-DR3, arXiv:2201.11184, equations 2 and 3).
/// </summary>
/// <param name="Amplitude">cm⁻² s⁻¹ TeV⁻¹ at the reference energy.</param>
/// <param name="ExpFactor">a, the curvature at the reference energy.</param>
public sealed record SuperExpCutoffPowerLaw4FglDr3(
    double Amplitude = 1e-12, double ReferenceTeV = 1, double ExpFactor = 1e-2, double Index1 = 1.5, double Index2 = 2) : ISpectralModel
{
    /// <summary>If |Γ2 ln x| is below this, equation 3 is used: the series around Γ2 ln x = 0.</summary>
    private const double SeriesBelow = 1e-2;

    public double Differential(double energyTeV)
    {
        var ratio = energyTeV / ReferenceTeV;
        var log = Math.Log(ratio);
        var cutoff = Math.Abs(Index2 * log) < SeriesBelow
            ? Math.Pow(ratio, -ExpFactor * log * (0.5 + log * (Index2 / 6 + Index2 * Index2 / 24 * log)))
            : Math.Pow(ratio, ExpFactor / Index2) * Math.Exp(ExpFactor / (Index2 * Index2) * (1 - Math.Pow(ratio, Index2)));
        return Amplitude * Math.Pow(ratio, -Index1) * cutoff;
    }

    public double Integral(double minTeV, double maxTeV) => LogLogTrapezoid.Integrate(this, minTeV, maxTeV, 0);

    public double EnergyIntegral(double minTeV, double maxTeV) => LogLogTrapezoid.Integrate(this, minTeV, maxTeV, 1);
}
