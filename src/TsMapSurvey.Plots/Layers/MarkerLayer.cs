using ScottPlot;
using SkiaSharp;

namespace TsMapSurvey.Plots.Layers;

/// <summary>Draws open circles with labels, dark with a light outline so that they are visible on every colour.</summary>
internal sealed class MarkerLayer(IReadOnlyList<(double X, double Y, string? Label)> markers) : IPlottable
{
    private const float Radius = 8;
    private const float TextSize = 14;

    public bool IsVisible { get; set; } = true;

    public IAxes Axes { get; set; } = new Axes();

    public IEnumerable<LegendItem> LegendItems => [];

    public AxisLimits GetAxisLimits() => AxisLimits.NoLimits;

    public void Render(RenderPack rp)
    {
        using var rim = new SKPaint
        {
            Color = new SKColor(255, 255, 255, 220),
            StrokeWidth = 4,
            IsStroke = true,
            IsAntialias = true,
            StrokeJoin = SKStrokeJoin.Round
        };
        using var line = new SKPaint { Color = SKColors.Black, StrokeWidth = 1.6f, IsStroke = true, IsAntialias = true };
        using var fill = new SKPaint { Color = SKColors.Black, IsAntialias = true };
        using var font = new SKFont(PlotFont.Typeface, TextSize);
        foreach (var (x, y, label) in markers)
        {
            var at = new SKPoint(Axes.GetPixelX(x), Axes.GetPixelY(y));
            rp.Canvas.DrawCircle(at, Radius, rim);
            rp.Canvas.DrawCircle(at, Radius, line);
            if (string.IsNullOrEmpty(label)) continue;
            // The label is to the right of the circle, or to the left if it would not fit into the frame.
            var length = font.MeasureText(label);
            var start = at.X + Radius + 4 + length <= rp.DataRect.Right ? at.X + Radius + 4 : at.X - Radius - 4 - length;
            rp.Canvas.DrawText(label, start, at.Y - Radius / 2, SKTextAlign.Left, font, rim);
            rp.Canvas.DrawText(label, start, at.Y - Radius / 2, SKTextAlign.Left, font, fill);
        }
    }
}
