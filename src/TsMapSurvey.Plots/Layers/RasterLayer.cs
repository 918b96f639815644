using ScottPlot;
using SkiaSharp;

namespace TsMapSurvey.Plots.Layers;

/// <summary>Draws the map's pixels, with interpolation only if the map is reduced, and provides the colours of its colour bar.</summary>
internal sealed class RasterLayer(SKImage image, ColorMapping mapping) : IPlottable, IHasColorAxis, IColormap
{
    public bool IsVisible { get; set; } = true;

    public IAxes Axes { get; set; } = new Axes();

    public IEnumerable<LegendItem> LegendItems => [];

    public IColormap Colormap => this;

    public string Name => "map";

    public ScottPlot.Range GetRange() => new(0, 1);

    public Color GetColor(double position)
    {
        var (low, high) = (mapping.Place(mapping.Min), mapping.Place(mapping.Max));
        var color = mapping.AtPlace(low + (high - low) * position);
        return new Color(color.R, color.G, color.B);
    }

    public AxisLimits GetAxisLimits() => new(-0.5, image.Width - 0.5, -0.5, image.Height - 0.5);

    public void Render(RenderPack rp)
    {
        var (left, right) = (Axes.GetPixelX(-0.5), Axes.GetPixelX(image.Width - 0.5));
        var (bottom, top) = (Axes.GetPixelY(-0.5), Axes.GetPixelY(image.Height - 0.5));
        var shrinks = Math.Abs(right - left) < image.Width * 0.99f || Math.Abs(bottom - top) < image.Height * 0.99f;
        using var paint = new SKPaint();
        rp.Canvas.Save();
        // Row 0 of the image is the top row; a flipped axis mirrors the image.
        rp.Canvas.Translate(left, top);
        rp.Canvas.Scale((right - left) / image.Width, (bottom - top) / image.Height);
        rp.Canvas.DrawImage(image, 0, 0, shrinks
            ? new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear) : new SKSamplingOptions(SKFilterMode.Nearest), paint);
        rp.Canvas.Restore();
    }
}
