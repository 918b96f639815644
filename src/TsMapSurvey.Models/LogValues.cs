namespace TsMapSurvey.Models;

/// <summary>
/// Logarithms for interpolation (gammapy's LogScale). Values of zero and below are replaced by the smallest normal number, whose
/// logarithm is converted back to zero.
/// </summary>
internal static class LogValues
{
    /// <summary>The smallest normal double.</summary>
    public const double Smallest = 2.2250738585072014e-308;

    /// <summary>The smallest normal single, which gammapy uses for data that are not doubles.</summary>
    public const double SmallestSingle = 1.1754943508222875e-38;

    public static double ToLog(double value, double smallest = Smallest) => Math.Log(Math.Max(value, smallest));

    public static double ToValue(double log, double smallest = Smallest)
    {
        var value = Math.Exp(log);
        return value <= 2 * smallest ? 0 : value;
    }
}
