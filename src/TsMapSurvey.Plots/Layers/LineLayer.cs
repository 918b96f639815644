using ScottPlot;
using SkiaSharp;

namespace TsMapSurvey.Plots.Layers;

internal sealed class LineLayer(IReadOnlyList<IReadOnlyList<(double X, double Y)>> lines, SKColor color, float width) : IPlottable
{
    public bool IsVisible { get; set; } = true;

    public IAxes Axes { get; set; } = new Axes();

    public IEnumerable<LegendItem> LegendItems => [];

    public AxisLimits GetAxisLimits() => AxisLimits.NoLimits;

    public void Render(RenderPack rp)
    {
        using var path = new SKPath();
        foreach (var line in lines)
        {
            path.MoveTo(At(line[0]));
            for (var i = 1; i < line.Count; i++) path.LineTo(At(line[i]));
        }

        using var paint =
            new SKPaint { Color = color, StrokeWidth = width, IsStroke = true, IsAntialias = true, StrokeCap = SKStrokeCap.Round };
        rp.Canvas.DrawPath(path, paint);
    }

    private SKPoint At((double X, double Y) point) => new(Axes.GetPixelX(point.X), Axes.GetPixelY(point.Y));
}
