using SkiaSharp;

namespace TsMapSurvey.Plots;

/// <summary>
/// DejaVu Sans 2.37, carried in this assembly (licence beside it): a container has no fonts at all, and Skia then draws no text without
/// saying so.
/// </summary>
internal static class PlotFont
{
    /// <summary>Shared by all plots; Skia's typefaces are immutable and safe to use from several threads.</summary>
    internal static SKTypeface Typeface { get; } = Load();

    internal static void Apply(ScottPlot.LabelStyle style, float size)
    {
        style.Font = Typeface;
        style.FontSize = size;
        style.Bold = false;
        style.ForeColor = ScottPlot.Colors.Black;
    }

    private static SKTypeface Load()
    {
        using var stream = typeof(PlotFont).Assembly.GetManifestResourceStream("DejaVuSans.ttf")!;
        using var data = SKData.Create(stream);
        return SKTypeface.FromData(data);
    }
}
