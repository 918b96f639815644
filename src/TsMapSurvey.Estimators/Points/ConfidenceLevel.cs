using MathNet.Numerics;

namespace TsMapSurvey.Estimators.Points;

/// <summary>
/// The confidence of a limit at n standard deviations, as gammapy's UL_CONF: the probability within ±n of a normal distribution,
/// erf(n / √2). An upper limit at 2 standard deviations has a confidence of 0.9545.
/// </summary>
public static class ConfidenceLevel
{
    /// <summary>Larger numbers of standard deviations are refused: their confidence differs from 1 by less than a rounding error.</summary>
    public const double MaxSigma = 8;

    /// <summary>The smallest confidence whose limit is of use.</summary>
    public const double Min = 0.1;

    /// <summary>The confidence of 7.9 standard deviations.</summary>
    public const double Max = 0.999999999999997;

    public static double Of(double nSigma) => SpecialFunctions.Erf(nSigma / Math.Sqrt(2));

    /// <param name="confidence">From <see cref="Min"/> to <see cref="Max"/>.</param>
    public static double Sigma(double confidence) => Math.Sqrt(2) * SpecialFunctions.ErfInv(confidence);
}
