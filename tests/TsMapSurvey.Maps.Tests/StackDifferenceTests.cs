using TsMapSurvey.Maps.Datasets;

namespace TsMapSurvey.Maps.Tests;

public sealed class StackDifferenceTests
{
    [Theory]
    [InlineData(0, 0, 0, 0, true)]
    [InlineData(0, 0, 0, 1e-10, true)]
    [InlineData(0, 0, 0, 1e-8, false)]
    [InlineData(0, 0, 0, double.NaN, false)]
    [InlineData(0, 0, 0, double.PositiveInfinity, false)]
    [InlineData(1, 0, 0, 0, false)]
    [InlineData(-1, 0, 0, 0, false)]
    [InlineData(0, 1, 0, 0, false)]
    [InlineData(0, 0, 1, 0, false)]
    public void Only_sums_may_differ_and_by_no_more_than_rounding(
        int observations, int counts, int coverage, double relative, bool expected) =>
        Assert.Equal(expected, new StackDifference(observations, counts, coverage, relative, "exposure").IsRounding(1e-10));
}
