namespace TsMapSurvey.Plots.Tests;

public sealed class RoundStepsTests
{
    [Theory]
    [InlineData(12, 8, 2)]
    [InlineData(360, 30, 15)]
    [InlineData(360, 3, 90)]
    [InlineData(5, 8, 1)]
    [InlineData(1.6, 8, 0.2)]
    [InlineData(0.03, 8, 0.005)]
    public void Steps_are_round_and_no_more_than_wanted(double range, int atMost, double step) =>
        Assert.Equal(step, RoundSteps.OfDegrees(range, atMost).Step);

    [Theory]
    [InlineData(-0.4, 0.2, "−0.4")]
    [InlineData(0.30000000000000004, 0.1, "0.3")]
    [InlineData(-1e-17, 0.1, "0.0")]
    [InlineData(345, 15, "345")]
    [InlineData(22.005, 0.005, "22.005")]
    public void Numbers_have_the_decimals_of_their_step(double value, double step, string text) =>
        Assert.Equal(text, RoundSteps.Text(value, step));
}
