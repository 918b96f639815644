namespace TsMapSurvey.Maps.Datasets;

/// <summary>The differences between two stacks of the same shape.</summary>
/// <param name="Observations">Number of observations in the first stack minus that in the second.</param>
/// <param name="Counts">Number of bins with different counts.</param>
/// <param name="Coverage">Number of bins that a different number of observations covers, in the safe mask and the fit mask.</param>
/// <param name="LargestRelative">The largest |a - b| / max(|a|, |b|) of all other sums; NaN if one of two values is NaN.</param>
/// <param name="LargestIn">The name of the sum with the largest difference.</param>
public sealed record StackDifference(int Observations, int Counts, int Coverage, double LargestRelative, string LargestIn)
{
    /// <summary>Whether counts and masks are equal, and all other sums are equal to a relative tolerance.</summary>
    public bool IsRounding(double tolerance) => Observations == 0 && Counts == 0 && Coverage == 0 && LargestRelative <= tolerance;
}
