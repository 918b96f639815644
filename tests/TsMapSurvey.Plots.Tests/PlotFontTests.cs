using SkiaSharp;

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
    public void Without_a_typeface_nothing_is_written_and_nothing_is_said()
    {
        // Why the assembly carries one: this is what labels look like on a machine without fonts.
        using var bitmap = new SKBitmap(200, 50);
        using var canvas = new SKCanvas(bitmap);
        using var font = new SKFont(SKTypeface.Empty, 20);
        using var paint = new SKPaint { Color = SKColors.Black };
        canvas.DrawText("√TS (σ)", 5, 30, SKTextAlign.Left, font, paint);
        Assert.DoesNotContain(bitmap.Pixels, pixel => pixel.Alpha != 0);
    }

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
        var result = Tools.Run(program, ["--filter-method", test, "--minimum-expected-tests", "1", "--no-progress"], seconds: 60, environment: environment);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }
}
