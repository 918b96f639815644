namespace TsMapSurvey.Maps.Datasets;

/// <summary>In what two stacks of one shape differ.</summary>
/// <param name="Observations">How many more the first one has.</param>
/// <param name="Counts">Pixels whose counts are not equal.</param>
/// <param name="Coverage">Bins that are not covered by as many observations (also of the fit mask).</param>
/// <param name="LargestRelative">Of all other sums: |a - b| / max(|a|, |b|), the largest; NaN where one of two is NaN.</param>
/// <param name="LargestIn">Where that is.</param>
public sealed record StackDifference(int Observations, int Counts, int Coverage, double LargestRelative, string LargestIn)
{
    /// <summary>Whether counts and masks are equal and no sum differs by more than rounding in another order would.</summary>
    public bool IsRounding(double tolerance) => Observations == 0 && Counts == 0 && Coverage == 0 && LargestRelative <= tolerance;
}
