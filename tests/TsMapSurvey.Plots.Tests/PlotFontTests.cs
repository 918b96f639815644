namespace TsMapSurvey.Plots.Tests;

public sealed class PlotFontTests
{
    [Fact]
    public void The_typeface_is_our_own_and_has_every_sign_that_labels_need()
    {
        Assert.Equal("DejaVu Sans", PlotFont.Typeface.FamilyName);
        Assert.DoesNotContain((ushort)0, PlotFont.Typeface.GetGlyphs("0123456789.,−–+√σ°×⁰¹²³⁴⁵⁶⁷⁸⁹⁻αδΓµ()/AZaz"));
    }

    [Fact]
    public void Every_label_of_every_quantity_can_be_written() =>
        Assert.All(QuantityLabels.Names, name => Assert.DoesNotContain((ushort)0, PlotFont.Typeface.GetGlyphs(QuantityLabels.Of(name).WithUnit("", -12))));

    [Fact]
    public void Text_is_drawn_where_no_font_is_configured()
    {
        using var folder = new TemporaryFolder();
        var environment = new Dictionary<string, string>
        {
            ["FONTCONFIG_PATH"] = folder.Path,
            ["FONTCONFIG_FILE"] = folder.File("none.conf"),
            ["XDG_DATA_HOME"] = folder.Path,
            ["XDG_DATA_DIRS"] = folder.Path,
            ["HOME"] = folder.Path,
        };
        var test = $"*{nameof(MapPlotTests)}.{nameof(MapPlotTests.Title_axes_and_colour_bar_have_text)}";
        var program = Path.Combine(AppContext.BaseDirectory, typeof(PlotFontTests).Assembly.GetName().Name + (OperatingSystem.IsWindows() ? ".exe" : ""));
        var result = Tools.Run(program, ["--filter-method", test, "--minimum-expected-tests", "1", "--progress", "off"], seconds: 60, environment: environment);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }
}
