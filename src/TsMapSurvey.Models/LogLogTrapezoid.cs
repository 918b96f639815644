namespace TsMapSurvey.Models;

/// <summary>
/// Integrals of spectra without a closed form, with a power law between neighbouring nodes of a logarithmic grid (gammapy's
/// integrate_spectrum).
/// </summary>
internal static class LogLogTrapezoid
{
    private const int PointsPerDecade = 100;

    /// <summary>Limits the work for extreme energy ranges: twenty times the points of 50 decades.</summary>
    private const int MaxPoints = 100_000;

    /// <summary>∫ E^power φ dE: in cm⁻² s⁻¹ for power 0, in TeV cm⁻² s⁻¹ for power 1.</summary>
    public static double Integrate(ISpectralModel model, double minTeV, double maxTeV, int power)
    {
        var points = (int)Math.Clamp(PointsPerDecade * Math.Log10(maxTeV / minTeV), 2, MaxPoints);
        var (sum, energy, value) = (0.0, minTeV, At(minTeV));
        for (var i = 1; i < points; i++)
        {
            var nextEnergy = i == points - 1 ? maxTeV : minTeV * Math.Pow(maxTeV / minTeV, i / (points - 1.0));
            var next = At(nextEnergy);
            sum += Piece(energy, nextEnergy, value, next);
            (energy, value) = (nextEnergy, next);
        }

        return sum;

        double At(double energyTeV) => model.Differential(energyTeV) * (power == 0 ? 1 : energyTeV);
    }

    /// <summary>
    /// ∫ y0 (x / x0)^p dx from x0 to x1, with the p that gives y1 at x1. The result is 0 if y0 or y1 is zero, which has no logarithm. If
    /// the sign changes (in the difference of two spectra), a straight line is integrated: gammapy's power law diverges there and gives
    /// 1e300.
    /// </summary>
    private static double Piece(double x0, double x1, double y0, double y1)
    {
        if (y0 * y1 < 0) return (y0 + y1) / 2 * (x1 - x0);
        if (!(y0 / y1 > 0)) return 0;
        var rise = Math.Log(x1 / x0);
        var exponent = Math.Log(y1 / y0) + rise;
        return y0 * x0 * rise * (Math.Abs(exponent) < 1e-5 ? 1 + exponent / 2 * (1 + exponent / 3) : (Math.Exp(exponent) - 1) / exponent);
    }
}
