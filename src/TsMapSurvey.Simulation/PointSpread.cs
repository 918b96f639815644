namespace TsMapSurvey.Simulation;

/// <summary>
/// A point source's image: a Gaussian core with 80 % of the events and a Gaussian tail 2.2 times as wide. Folding it with a Gaussian
/// source adds the variances. In the plane: good to 1e-4 within 5 degrees.
/// </summary>
/// <param name="CoreSigmaDeg">Standard deviation of the core along one axis.</param>
/// <param name="SourceSigmaDeg">That of the source; 0 for a point.</param>
public readonly record struct PointSpread(double CoreSigmaDeg, double SourceSigmaDeg = 0)
{
    private const double TailFraction = 0.2;
    private const double TailRatio = 2.2;

    /// <summary>Holds more than 99.9 % of the events.</summary>
    public double RadiusDeg => 4 * Math.Sqrt(TailVariance);

    private double CoreVariance => CoreSigmaDeg * CoreSigmaDeg + SourceSigmaDeg * SourceSigmaDeg;

    private double TailVariance => TailRatio * TailRatio * CoreSigmaDeg * CoreSigmaDeg + SourceSigmaDeg * SourceSigmaDeg;

    /// <summary>Probability per square degree at a separation.</summary>
    public double DensityPerDeg2(double separationDeg)
    {
        var r2 = separationDeg * separationDeg;
        return (1 - TailFraction) * Gaussian(r2, CoreVariance) + TailFraction * Gaussian(r2, TailVariance);
    }

    private static double Gaussian(double r2, double variance) => Math.Exp(-r2 / (2 * variance)) / (2 * Math.PI * variance);
}
