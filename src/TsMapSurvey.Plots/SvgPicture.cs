using System.Text;
using ScottPlot;
using SkiaSharp;

namespace TsMapSurvey.Plots;

internal static class SvgPicture
{
    /// <summary>Renders UTF-8 text. Labels stay text and are displayed with the viewer's font of the same name.</summary>
    public static byte[] Of(Plot plot, int width, int height)
    {
        using var stream = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(new SKRect(0, 0, width, height), stream)) plot.Render(canvas, width, height);
        // Viewers would otherwise smooth the enlarged pixels of the map.
        var text = Encoding.UTF8.GetString(stream.ToArray());
        return Encoding.UTF8.GetBytes(text.Replace("<image ", "<image style=\"image-rendering:pixelated\" ", StringComparison.Ordinal));
    }
}
