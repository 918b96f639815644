namespace TsMapSurvey.Models;

/// <summary>
/// Logarithms for interpolation (gammapy's LogScale): zero and less count as the smallest normal number, and that comes back as zero.
/// </summary>
internal static class LogValues
{
    /// <summary>The smallest normal double.</summary>
    public const double Smallest = 2.2250738585072014e-308;

    /// <summary>The smallest normal single: what gammapy takes for numbers that are no doubles.</summary>
    public const double SmallestSingle = 1.1754943508222875e-38;

    public static double Of(double value, double smallest = Smallest) => Math.Log(Math.Max(value, smallest));

    public static double Back(double log, double smallest = Smallest)
    {
        var value = Math.Exp(log);
        return value <= 2 * smallest ? 0 : value;
    }
}
