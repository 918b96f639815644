using System.Text;
using ScottPlot;
using SkiaSharp;

namespace TsMapSurvey.Plots;

/// <summary>Plots as scalable vector graphics.</summary>
internal static class SvgPicture
{
    /// <summary>UTF-8. Text stays text, in the first font of the viewer's that has the plot's name.</summary>
    public static byte[] Of(Plot plot, int width, int height)
    {
        using var stream = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(new SKRect(0, 0, width, height), stream)) plot.Render(canvas, width, height);
        // A map's pixels are enlarged as they are, as in a PNG; viewers would smooth them.
        var text = Encoding.UTF8.GetString(stream.ToArray());
        return Encoding.UTF8.GetBytes(text.Replace("<image ", "<image style=\"image-rendering:pixelated\" ", StringComparison.Ordinal));
    }
}
