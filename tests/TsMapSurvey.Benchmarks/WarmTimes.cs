namespace TsMapSurvey.Benchmarks;

/// <summary>Times of repeats in one process: of their second half, since the first one meets code that is still being compiled.</summary>
internal static class WarmTimes
{
    /// <summary>The second half in ascending order.</summary>
    public static double[] Of(IReadOnlyList<double> inTurn) => [.. inTurn.Skip(inTurn.Count / 2).Order()];

    public static double Median(IReadOnlyList<double> inTurn)
    {
        var warm = Of(inTurn);
        return warm[warm.Length / 2];
    }
}
