namespace TsMapSurvey.Plots.Tests.Colors;

public sealed class ColorScaleTests
{
    private static readonly double[] Ramp = [.. Enumerable.Range(0, 1001).Select(i => (double)i)];

    public static TheoryData<Stretch, string> Combinations => new(
        from stretch in Enum.GetValues<Stretch>() from map in Colormap.All select (stretch, map.Name));

    [Theory]
    [MemberData(nameof(Combinations))]
    public void Every_stretch_rises_strictly_from_end_to_end(Stretch stretch, string colormap)
    {
        var mapping = new ColorScale(Colormap.Find(colormap), stretch, -4, 10).Mapping([]);
        for (var value = -4.0; value < 9.99; value += 0.01) Assert.True(mapping.Place(value) < mapping.Place(value + 0.01), $"{value}");
        Assert.Equal(1, mapping.Place(10), 12);
        Assert.Equal(1, mapping.Place(1e300), 12);
        Assert.Equal(mapping.Place(-4), mapping.Place(double.NegativeInfinity), 12);
        if (!mapping.IsDiverging) Assert.Equal(0, mapping.Place(-4), 12);
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void The_colour_of_a_value_is_the_colormaps_colour_at_its_place(Stretch stretch, string colormap)
    {
        var map = Colormap.Find(colormap);
        var mapping = new ColorScale(map, stretch, -4, 10).Mapping([]);
        var random = new Random(7);
        for (var i = 0; i < 4000; i++)
        {
            var value = i < 2000 ? -5 + 16 * random.NextDouble() : -4 + Math.Pow(10, -8 * random.NextDouble());
            var place = mapping.Place(value);
            // Half a step of the table to either side: rounding may fall on the neighbour.
            Assert.Contains(mapping.Color(value), new[] { map[place].Packed, map[place - 1e-9].Packed, map[place + 1e-9].Packed });
        }
    }

    [Theory]
    [InlineData(Stretch.Sqrt, 0.25, 0.5)]
    [InlineData(Stretch.Linear, 0.25, 0.25)]
    [InlineData(Stretch.Power, 0.25, 0.0625)]
    [InlineData(Stretch.Log, 0.1, 0.66801047)] // log(101) / log(1001)
    [InlineData(Stretch.Asinh, 0.1, 0.29396533)] // asinh(1) / asinh(10)
    public void A_stretch_follows_its_formula(Stretch stretch, double value, double place) =>
        Assert.Equal(place, new ColorScale(Colormap.Gray, stretch, 0, 1).Mapping([]).Place(value), 6);

    [Theory]
    [InlineData(-3, 9)]
    [InlineData(-9, 3)]
    [InlineData(2, 9)]
    public void Zero_is_neutral_on_a_diverging_map_whatever_the_range(double min, double max)
    {
        var mapping = new ColorScale(Colormap.Significance, Stretch.Asinh, min, max).Mapping([]);
        if (min < 0) Assert.Equal(Colormap.Significance[0.5].Packed, mapping.Color(0));
        Assert.Equal(Math.Abs(min) > max ? 0 : 1, mapping.Place(Math.Abs(min) > max ? min : max), 12);
        if (min == -3) Assert.Equal(0.5 - (mapping.Place(2.5) - 0.5), mapping.Place(-2.5), 12);
    }

    [Fact]
    public void A_missing_range_is_the_percentiles_of_the_finite_values()
    {
        var scale = new ColorScale(Colormap.Gray)
        { LowPercentile = 1, HighPercentile = 90 }.Resolve([.. Ramp, double.NaN, double.PositiveInfinity]);
        Assert.Equal((10, 900), (scale.Min, scale.Max));
        Assert.Equal(5, (scale with { Min = 5, Max = null }).Resolve(Ramp).Min);
    }

    [Fact]
    public void A_quiet_significance_map_keeps_the_range_that_shows_noise_as_noise()
    {
        var scale = QuantityLabels.Of("sqrt_ts").Scale.Resolve([-0.5, 0.1, 0.6]);
        Assert.Equal((-3, 6), (scale.Min, scale.Max));
    }

    [Theory]
    [InlineData(new double[] { })]
    [InlineData(new[] { double.NaN })]
    [InlineData(new[] { 0.0, 0.0 })]
    [InlineData(new[] { -2.5 })]
    [InlineData(new[] { double.PositiveInfinity, 1e-300 })]
    public void Values_without_extent_still_give_a_range(double[] values)
    {
        var scale = new ColorScale(Colormap.Viridis).Resolve(values);
        Assert.True(scale.Min < scale.Max);
    }

    [Fact]
    public void A_users_words_change_a_scale_and_what_they_leave_out_stays()
    {
        var scale = new ColorScale(Colormap.Viridis, Stretch.Log, 0, 1);
        Assert.Equal(scale, scale.With(null, null, null));
        var changed = scale.With("MAGMA", "asinh", "-5,2e1");
        Assert.Equal((Colormap.Magma, Stretch.Asinh, -5, 20), (changed.Colormap, changed.Stretch, changed.Min, changed.Max));
    }

    [Theory]
    [InlineData("jet", null, null, PlotError.UnknownColormap)]
    [InlineData(null, "cubic", null, PlotError.UnknownStretch)]
    [InlineData(null, "1", null, PlotError.UnknownStretch)]
    [InlineData(null, null, "1", PlotError.BadRange)]
    [InlineData(null, null, "1;2", PlotError.BadRange)]
    [InlineData(null, null, "2,1", PlotError.BadRange)]
    [InlineData(null, null, "nan,1", PlotError.BadRange)]
    [InlineData(null, null, "1,2,3", PlotError.BadRange)]
    [InlineData(null, null, "0,5e-324", PlotError.BadRange)]
    [InlineData(null, null, "1e-310,2e-310", PlotError.BadRange)]
    [InlineData(null, null, "-1e308,1e308", PlotError.BadRange)]
    [InlineData(null, null, "0,1e400", PlotError.BadRange)]
    [InlineData(null, null, "-0,0", PlotError.BadRange)]
    [InlineData(null, null, "1e16,10000000000000004", PlotError.BadRange)]
    [InlineData(null, "sqrt,linear", null, PlotError.UnknownStretch)]
    [InlineData(null, " sqrt", null, PlotError.UnknownStretch)]
    public void Words_that_make_no_scale_are_refused(string? colormap, string? stretch, string? rescale, PlotError error) =>
        Assert.Equal(error, Assert.Throws<PlotException>(() => new ColorScale(Colormap.Gray).With(colormap, stretch, rescale)).Error);

    [Theory]
    [InlineData("1e16,10000001e9")]
    [InlineData("-10000001e9,-1e16")]
    [InlineData("0,1e-300")]
    [InlineData("-1e-300,1e-300")]
    [InlineData("-4e299,4e299")]
    [InlineData("9.99e299,1e300")]
    public void Every_range_that_is_taken_has_colours_and_ticks(string rescale)
    {
        foreach (var (stretch, colormap) in from stretch in Enum.GetNames<Stretch>() from map in Colormap.All select (stretch, map.Name))
        {
            var mapping = new ColorScale(Colormap.Gray).With(colormap, stretch, rescale).Mapping([]);
            foreach (var value in new[] { mapping.Min, mapping.Max, 0, -0.0, 5e-324, double.MaxValue, double.NegativeInfinity,
                mapping.Min / 2 + mapping.Max / 2 })
                Assert.InRange(mapping.Place(value), -1e-9, 1 + 1e-9);
            Assert.All(new[] { mapping.Min, mapping.Max, 0, 5e-324, double.PositiveInfinity }, value => mapping.Color(value));
            Assert.All(new ColorBarTicks(mapping).Ticks, tick => Assert.InRange(tick.Place, -1e-6, 1 + 1e-6));
        }
    }

    [Fact]
    public void Values_that_differ_by_less_than_any_range_have_one_all_the_same()
    {
        foreach (var values in new[] { [5e-324], [1e-310, 3e-310], new[] { -5e-324, 5e-324 } })
            Assert.True(new ColorScale(Colormap.Viridis).Resolve(values) is { Min: { } min, Max: { } max } && max > min);
    }
}
