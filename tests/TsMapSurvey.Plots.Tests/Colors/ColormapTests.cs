namespace TsMapSurvey.Plots.Tests.Colors;

public sealed class ColormapTests
{
    // The ends of matplotlib's maps.
    [Theory]
    [InlineData("viridis", 0x440154, 0xFDE725)]
    [InlineData("inferno", 0x000004, 0xFCFFA4)]
    [InlineData("magma", 0x000004, 0xFCFDBF)]
    [InlineData("plasma", 0x0D0887, 0xF0F921)]
    [InlineData("gray", 0x000000, 0xFFFFFF)]
    [InlineData("coolwarm", 0x3B4CC0, 0xB40426)]
    [InlineData("rdbu", 0x67001F, 0x053061)]
    [InlineData("RdBu_r", 0x053061, 0x67001F)]
    public void The_ends_are_those_that_everybody_knows(string name, int low, int high)
    {
        var map = Colormap.Find(name);
        AssertNear(low, map[0]);
        AssertNear(high, map[1]);
        Assert.Equal(map[0], map[-3]);
        Assert.Equal(map[1], map[7]);
    }

    [Fact]
    public void A_reversed_map_has_the_same_colours_from_the_other_end()
    {
        foreach (var map in Colormap.All)
        {
            var reversed = map.Reversed();
            Assert.Equal((map.Name + "_r", map.IsDiverging), (reversed.Name, reversed.IsDiverging));
            for (var step = 0; step <= 256; step++) Assert.Equal(map[step / 256.0], reversed[1 - step / 256.0]);
        }
    }

    [Fact]
    public void A_diverging_map_is_neutral_in_its_middle()
    {
        Assert.Equal(new Rgba(255, 255, 255), Colormap.Significance[0.5]);
        Assert.Equal(new Rgba(0xF7, 0xF7, 0xF7), Colormap.RedBlue[0.5]);
        Assert.Equal(new Rgba(0xDD, 0xDD, 0xDD), Colormap.Coolwarm[0.5]);
    }

    [Fact]
    public void Significance_darkens_steadily_away_from_zero()
    {
        for (var step = 1; step <= 128; step++)
        {
            Assert.True(Lightness(Colormap.Significance[0.5 + step / 256.0]) <= Lightness(Colormap.Significance[0.5 + (step - 1) / 256.0])
                + 0.5, $"+{step}");
            Assert.True(Lightness(Colormap.Significance[0.5 - step / 256.0]) <= Lightness(Colormap.Significance[0.5 - (step - 1) / 256.0])
                + 0.5, $"-{step}");
        }
    }

    [Fact]
    public void An_unknown_name_is_answered_with_the_known_ones()
    {
        var error = Assert.Throws<PlotException>(() => Colormap.Find("jet"));
        Assert.Equal(PlotError.UnknownColormap, error.Error);
        Assert.All(Colormap.All, map => Assert.Contains(map.Name, error.Message, StringComparison.Ordinal));
    }

    private static double Lightness(Rgba color) => 0.2126 * color.R + 0.7152 * color.G + 0.0722 * color.B;

    private static void AssertNear(int rgb, Rgba found)
    {
        Assert.InRange(found.R, (rgb >> 16) - 1, (rgb >> 16) + 1);
        Assert.InRange(found.G, ((rgb >> 8) & 255) - 1, ((rgb >> 8) & 255) + 1);
        Assert.InRange(found.B, (rgb & 255) - 1, (rgb & 255) + 1);
    }
}
