namespace TsMapSurvey.Models;

/// <summary>
/// Integrals of spectra without a closed form: a power law between each two neighbours of a logarithmic grid (gammapy's
/// integrate_spectrum, numerics 3.2).
/// </summary>
internal static class LogLogTrapezoid
{
    private const int PointsPerDecade = 100;

    /// <summary>Bounds the work for absurd ranges: twenty times what 50 decades take.</summary>
    private const int MostPoints = 100_000;

    /// <summary>∫ E^power φ dE; power 0 gives cm⁻² s⁻¹, 1 gives TeV cm⁻² s⁻¹.</summary>
    public static double Integrate(ISpectralModel model, double minTeV, double maxTeV, int power)
    {
        var points = (int)Math.Clamp(PointsPerDecade * Math.Log10(maxTeV / minTeV), 2, MostPoints);
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
    /// y0 (x / x0)^p from x0 to x1, where p leads to y1; nothing where an end is zero, which has no logarithm. Where the sign changes (of
    /// the difference of two spectra), a straight line: gammapy's power law has no end there, and gives numbers of 1e300.
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
