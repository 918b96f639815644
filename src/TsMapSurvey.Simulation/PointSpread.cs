namespace TsMapSurvey.Simulation;

/// <summary>
/// The image of a point source: a Gaussian core with 80 % of the events and a wider Gaussian tail. The convolution with a Gaussian source
/// adds the variances. The flat-sky approximation is accurate to 1e-4 within 5 degrees.
/// </summary>
/// <param name="CoreSigmaDeg">Standard deviation of the core along one axis.</param>
/// <param name="SourceSigmaDeg">Standard deviation of the source; 0 for a point source.</param>
/// <param name="TailRatio">The tail's standard deviation in units of the core's.</param>
public readonly record struct PointSpread(double CoreSigmaDeg, double SourceSigmaDeg = 0, double TailRatio = 2.2)
{
    internal const double TailFraction = 0.2;

    /// <summary>A radius that contains more than 99.9 % of the events.</summary>
    public double RadiusDeg => 4 * Math.Sqrt(TailVariance);

    private double CoreVariance => CoreSigmaDeg * CoreSigmaDeg + SourceSigmaDeg * SourceSigmaDeg;

    private double TailVariance => TailRatio * TailRatio * CoreSigmaDeg * CoreSigmaDeg + SourceSigmaDeg * SourceSigmaDeg;

    /// <summary>Probability per square degree at a separation.</summary>
    public double DensityPerDeg2(double separationDeg)
    {
        var r2 = separationDeg * separationDeg;
        return (1 - TailFraction) * Gaussian(r2, CoreVariance) + TailFraction * Gaussian(r2, TailVariance);
    }

    /// <summary>Draws the separation of an event from the source's centre.</summary>
    internal double DrawDeg(Random random)
    {
        var variance = random.NextDouble() < TailFraction ? TailVariance : CoreVariance;
        return Math.Sqrt(-2 * variance * Math.Log(1 - random.NextDouble()));
    }

    private static double Gaussian(double r2, double variance) => Math.Exp(-r2 / (2 * variance)) / (2 * Math.PI * variance);
}
