using System.Buffers;
using System.Runtime.InteropServices;
using SkiaSharp;

namespace TsMapSurvey.Plots;

/// <summary>Images of maps without axes, in the size of the map or resized, for tiles, previews and mosaics.</summary>
public static class MapImage
{
    /// <summary>Largest width and height; limits an image with four bytes per pixel to a gigabyte.</summary>
    public const int LongestSide = 16384;

    private const int JpegQuality = 90;

    /// <summary>Draws an RGBA PNG with the map's row 0 at the bottom and its column 0 at the left.</summary>
    /// <param name="values">height x width values, row by row from the lowest; NaN gets the scale's colour for NaN, by default
    /// transparent.</param>
    /// <param name="imageWidth">Width of the image; null for the map's. Resizing uses the nearest pixel.</param>
    /// <param name="imageHeight">Height of the image; null for the map's.</param>
    /// <exception cref="PlotException">A size or the range is not valid.</exception>
    public static byte[] Png(
        ReadOnlySpan<double> values, int width, int height, ColorScale scale, int? imageWidth = null, int? imageHeight = null) =>
        Draw(values, width, height, scale, imageWidth, imageHeight, EncodePng);

    /// <summary>Draws a JPEG, which is black where <see cref="Png"/> is transparent.</summary>
    /// <inheritdoc cref="Png"/>
    public static byte[] Jpeg(ReadOnlySpan<double> values, int width, int height, ColorScale scale) =>
        Draw(values, width, height, scale, null, null, EncodeJpeg);

    private static byte[] Draw(ReadOnlySpan<double> values, int width, int height, ColorScale scale, int? imageWidth, int? imageHeight,
        Func<SKPixmap, SKData?> encode)
    {
        if (width < 1 || height < 1 || (long)width * height != values.Length) throw PlotErrors.BadPixels(values.Length, width, height);
        var (columns, rows) = (imageWidth ?? width, imageHeight ?? height);
        if (columns is < 1 or > LongestSide || rows is < 1 or > LongestSide) throw PlotErrors.BadImageSize(columns, rows, LongestSide);

        var pixels = ArrayPool<uint>.Shared.Rent(columns * rows);
        try
        {
            Paint(values, width, height, scale.Mapping(values), pixels.AsSpan(0, columns * rows), columns, rows);
            return Encode(pixels, columns, rows, encode);
        }
        finally
        {
            ArrayPool<uint>.Shared.Return(pixels);
        }
    }

    /// <summary>Writes colours as RGBA with four bytes per pixel, with the top row first.</summary>
    internal static void Paint(
        ReadOnlySpan<double> values, int width, int height, ColorMapping mapping, Span<uint> pixels, int columns, int rows)
    {
        var painted = -1;
        for (var row = 0; row < rows; row++)
        {
            var line = pixels.Slice(row * columns, columns);
            var y = Nearest(rows - 1 - row, rows, height);
            if (y == painted) pixels.Slice((row - 1) * columns, columns).CopyTo(line);
            else PaintRow(values.Slice(y * width, width), mapping, line);
            painted = y;
        }
    }

    private static void PaintRow(ReadOnlySpan<double> values, ColorMapping mapping, Span<uint> line)
    {
        if (line.Length == values.Length)
        {
            for (var x = 0; x < line.Length; x++) line[x] = mapping.Color(values[x]);
            return;
        }

        for (var column = 0; column < line.Length; column++) line[column] =
            mapping.Color(values[Nearest(column, line.Length, values.Length)]);
    }

    // Index of the map's pixel at the centre of the image's pixel.
    private static int Nearest(int index, int length, int sourceLength) => (int)((2L * index + 1) * sourceLength / (2L * length));

    private static byte[] Encode(uint[] pixels, int columns, int rows, Func<SKPixmap, SKData?> encode)
    {
        var pinned = GCHandle.Alloc(pixels, GCHandleType.Pinned);
        try
        {
            using var pixmap = new SKPixmap(Info(columns, rows), pinned.AddrOfPinnedObject());
            using var data = encode(pixmap) ?? throw PlotErrors.NotEncoded(columns, rows);
            return data.ToArray();
        }
        finally
        {
            pinned.Free();
        }
    }

    // Fast compression, about 10 % larger than the best: tiles change often.
    private static SKData? EncodePng(SKPixmap pixmap) => pixmap.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.Sub, 1));

    private static SKData? EncodeJpeg(SKPixmap pixmap) => pixmap.Encode(new SKJpegEncoderOptions(JpegQuality,
        SKJpegEncoderDownsample.Downsample444, SKJpegEncoderAlphaOption.BlendOnBlack));

    internal static SKImageInfo Info(int columns, int rows) => new(columns, rows, SKColorType.Rgba8888, SKAlphaType.Unpremul);

    internal static SKImage ToImage(uint[] pixels, int columns, int rows)
    {
        using var data = SKData.CreateCopy(MemoryMarshal.AsBytes<uint>(pixels));
        return SKImage.FromPixels(Info(columns, rows), data, columns * sizeof(uint));
    }
}
