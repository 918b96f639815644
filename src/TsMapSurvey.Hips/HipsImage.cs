using TsMapSurvey.Fits;
using TsMapSurvey.Plots;

namespace TsMapSurvey.Hips;

/// <summary>Files of tiles and Allsky images, whose pixels are rows with the bottom row first.</summary>
public static class HipsImage
{
    /// <summary>A FITS file with one image of 32-bit floats, NaN where there is no value.</summary>
    /// <param name="cards">Further cards of its header.</param>
    public static byte[] Fits(ReadOnlySpan<float> pixels, int width, FitsHeader cards)
    {
        using var content = new MemoryStream(sizeof(float) * pixels.Length + 4 * 2880);
        using (var writer = new FitsWriter(content, leaveOpen: true))
            writer.WriteImage(null, [width, pixels.Length / width], pixels, cards);
        return content.ToArray();
    }

    /// <summary>The pixels of a file of <see cref="Fits"/>, also of a compressed one.</summary>
    /// <exception cref="FitsException">The file is damaged.</exception>
    /// <exception cref="HipsException">The file is not an image of one tile.</exception>
    public static float[] Pixels(Stream content, string name)
    {
        using var file = FitsFile.Open(content, name, leaveOpen: true);
        file.EnsureIntact();
        return file.Hdus is [FitsImage { Axes: [TilePixels.Width, TilePixels.Width] } image] ? image.ReadSingles()
            : throw HipsErrors.NotATile(name, file.Hdus.OfType<FitsImage>().FirstOrDefault()?.Axes ?? []);
    }

    /// <summary>An RGBA PNG, transparent where there is no value.</summary>
    /// <param name="scale">Colours and range, for every tile the same.</param>
    /// <param name="factor">Multiplies the range: what a pixel sums up is more at lower orders, and should look alike.</param>
    /// <exception cref="PlotException">The range is not valid.</exception>
    public static byte[] Png(ReadOnlySpan<float> pixels, int width, ColorScale scale, double factor = 1)
    {
        var values = new double[pixels.Length];
        for (var i = 0; i < values.Length; i++) values[i] = pixels[i];
        return MapImage.Png(values, width, pixels.Length / width,
            scale with { Min = scale.Min * factor, Max = scale.Max * factor, Softening = scale.Softening * factor });
    }
}
