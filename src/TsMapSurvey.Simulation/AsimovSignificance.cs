using MathNet.Numerics.RootFinding;

namespace TsMapSurvey.Simulation;

/// <summary>
/// The expected significance of a source: sqrt(TS) of the Asimov data set, whose counts are equal to the expectation (Cowan et al. 2011,
/// EPJC 71, 1554, section 3.3): TS = 2 Σ_p [(s + b) ln(1 + s / b) - s] over the pixels.
/// </summary>
/// <param name="signal">Expected counts of the source in each pixel.</param>
/// <param name="background">Expected counts of the background in the same pixels.</param>
internal sealed class AsimovSignificance(double[] signal, double[] background)
{
    /// <summary>The significance for the source's flux times a factor; 0 if no pixel is observed.</summary>
    public double SqrtTs(double factor = 1)
    {
        var ts = 0.0;
        for (var i = 0; i < signal.Length; i++)
        {
            var (s, b) = (factor * signal[i], background[i]);
            if (b > 0 && s > 0) ts += 2 * ((s + b) * Math.Log(1 + s / b) - s);
        }

        return Math.Sqrt(Math.Max(ts, 0));
    }

    /// <summary>The factor of the flux that gives a significance.</summary>
    public double FactorFor(double sqrtTs) => Math.Exp(Brent.FindRoot(log => SqrtTs(Math.Exp(log)) - sqrtTs, -20, 20, 1e-6));
}
