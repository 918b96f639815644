using SkiaSharp;

namespace TsMapSurvey.Plots;

/// <summary>
/// DejaVu Sans 2.37, embedded in this assembly (with its licence in the same folder): containers have no fonts, and Skia then omits text
/// without an error.
/// </summary>
internal static class PlotFont
{
    /// <summary>Shared by all plots; Skia's typefaces are immutable and thread-safe.</summary>
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
