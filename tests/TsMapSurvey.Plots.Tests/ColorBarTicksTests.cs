namespace TsMapSurvey.Plots.Tests;

public sealed class ColorBarTicksTests
{
    [Theory]
    [InlineData(Stretch.Linear, -3, 9)]
    [InlineData(Stretch.Asinh, -3, 31)]
    [InlineData(Stretch.Log, 0, 12345)]
    [InlineData(Stretch.Sqrt, -0.0123, 0.5)]
    [InlineData(Stretch.Log, 3e-14, 7e-11)]
    [InlineData(Stretch.Linear, 100.001, 100.004)]
    public void Ticks_are_round_numbers_in_order_where_the_bar_has_their_colour(Stretch stretch, double min, double max)
    {
        var mapping = new ColorScale(Colormap.Viridis, stretch, min, max).Mapping([]);
        var bar = new ColorBarTicks(mapping);
        Assert.InRange(bar.Ticks.Count, 3, 16);
        var previous = -1.0;
        foreach (var tick in bar.Ticks)
        {
            Assert.InRange(tick.Place, Math.BitIncrement(previous), 1);
            previous = tick.Place;
            var value = double.Parse(tick.Label.Replace('−', '-'), System.Globalization.CultureInfo.InvariantCulture) * Math.Pow(
                10, bar.PowerOfTen);
            Assert.Equal(ColorBarTicks.Fraction(mapping, value), tick.Place, 9);
        }
    }

    [Theory]
    [InlineData(0, 2e-12, -12)]
    [InlineData(0, 3e10, 10)]
    [InlineData(-5, 20, 0)]
    [InlineData(0, 0.5, 0)]
    public void A_power_of_ten_is_taken_out_where_numbers_would_be_long(double min, double max, int power) =>
        Assert.Equal(power, new ColorBarTicks(new ColorScale(Colormap.Viridis, Stretch.Linear, min, max).Mapping([])).PowerOfTen);

    [Fact]
    public void A_significance_bar_has_zero_and_five()
    {
        var ticks = new ColorBarTicks(QuantityLabels.Of("sqrt_ts").Scale.Mapping([-2, 30])).Ticks.Select(tick => tick.Label).ToArray();
        Assert.Contains("0", ticks);
        Assert.Contains("5", ticks);
    }
}
