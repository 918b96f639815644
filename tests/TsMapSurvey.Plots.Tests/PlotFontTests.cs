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
        Assert.All(QuantityLabels.Names, name =>
            Assert.DoesNotContain((ushort)0, PlotFont.Typeface.GetGlyphs(QuantityLabels.Of(name).WithUnit("", -12))));

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
        var result = Tools.Run(TestProgram, DrawText, seconds: 60, environment: environment);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }

    // Skia's build without dependencies asks no fontconfig but reads this folder: a bare container is one where it is empty.
    [Fact]
    public void Text_is_drawn_where_no_font_is_installed()
    {
        const string hide = "mount -t tmpfs none /usr/share/fonts && exec \"$0\" \"$@\"";
        Assert.SkipUnless(Tools.Find("unshare") is not null && Directory.Exists("/usr/share/fonts"), "no unshare, or no font to hide");
        Assert.SkipUnless(Tools.Run("unshare", ["-rm", "sh", "-c", hide, "true"]).ExitCode == 0, "mount namespaces are not allowed here");
        var result = Tools.Run("unshare", ["-rm", "sh", "-c", hide, TestProgram, .. DrawText], seconds: 60);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }

    private static string TestProgram { get; } =
        Path.Combine(AppContext.BaseDirectory, typeof(PlotFontTests).Assembly.GetName().Name + (OperatingSystem.IsWindows() ? ".exe" : ""));

    private static string[] DrawText { get; } =
        ["--filter-method", $"*{nameof(MapPlotTests)}.{nameof(MapPlotTests.Title_axes_and_colour_bar_have_text)}",
            "--minimum-expected-tests", "1", "--progress", "off"];
}
