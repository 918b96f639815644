using System.Buffers.Binary;

namespace TsMapSurvey.Fits;

/// <summary>Decodes the table row of a tile to the bytes of the original image: big-endian elements of type ZBITPIX.</summary>
internal sealed class TileDecoder(CompressedLayout layout, TileColumns columns, FitsPlace place)
{
    /// <summary>A compressed tile may have 16 bytes for each pixel and these in addition; memory is never allocated for more.</summary>
    private const int Overhead = 4096;

    public int ElementBytes => layout.ElementBytes;

    /// <exception cref="FitsException">The tile is damaged.</exception>
    public byte[] Decode(long tile)
    {
        var pixels = (int)layout.Tiles!.PixelsOf(tile);
        var maxBytes = (16L * pixels) + Overhead;
        if (columns.Compressed?.ReadStoredBytes(tile, maxBytes) is { Length: > 0 } compressed) return Decompress(tile, compressed, pixels);
        if (columns.Uncompressed?.ReadStoredBytes(tile, maxBytes) is { Length: > 0 } stored) return Lossless(tile, stored, pixels);
        if (columns.Gzipped?.ReadStoredBytes(tile, maxBytes) is { Length: > 0 } gzipped)
            return Lossless(tile, Unzip(tile, gzipped, pixels, shuffled: false), pixels);
        throw FitsErrors.BadTile(place, tile, "no data", "data in one of its columns");
    }

    private byte[] Decompress(long tile, byte[] compressed, int pixels)
    {
        if (layout.Algorithm == "RICE_1")
        {
            var integers = new int[pixels];
            return RiceDecoder.TryDecode(compressed, layout.BytesPerPixel, layout.BlockSize, integers)
                ? Store(tile, integers)
                : throw FitsErrors.BadTile(place, tile, $"{compressed.Length} bytes of incomplete Rice codes", $"{pixels} pixels");
        }

        var bytes = layout.Algorithm == "NOCOMPRESS" ? compressed : Unzip(tile, compressed, pixels, layout.Algorithm == "GZIP_2");
        return layout.IsLossless || !columns.IsQuantized ? Lossless(tile, bytes, pixels) : Store(tile, Integers(tile, bytes, pixels));
    }

    private byte[] Unzip(long tile, byte[] compressed, int pixels, bool shuffled) =>
        GzipTile.TryDecode(compressed, pixels, shuffled, out var problem)
            ?? throw FitsErrors.BadTile(place, tile, problem, $"{pixels} pixels of 1, 2, 4 or 8 bytes");

    /// <summary>Elements of type ZBITPIX are returned unchanged; integers of another width are converted.</summary>
    private byte[] Lossless(long tile, byte[] bytes, int pixels)
    {
        if (bytes.Length == (long)pixels * ElementBytes) return bytes;
        if (layout.Type < 0) throw WrongSize(tile, bytes, pixels, ElementBytes);
        return Store(tile, Integers(tile, bytes, pixels));
    }

    private int[] Integers(long tile, byte[] bytes, int pixels)
    {
        var integers = new int[pixels];
        if (bytes.Length == pixels)
            for (var i = 0; i < pixels; i++) integers[i] = bytes[i];
        else if (bytes.Length == 2L * pixels)
            for (var i = 0; i < pixels; i++) integers[i] = BinaryPrimitives.ReadInt16BigEndian(bytes.AsSpan(2 * i));
        else if (bytes.Length == 4L * pixels)
            for (var i = 0; i < pixels; i++) integers[i] = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(4 * i));
        else throw WrongSize(tile, bytes, pixels, sizeof(int));
        return integers;
    }

    private byte[] Store(long tile, int[] integers)
    {
        var bytes = new byte[(long)integers.Length * ElementBytes];
        if (layout.Type < 0)
        {
            StoreReals(tile, integers, bytes);
            return bytes;
        }

        for (var i = 0; i < integers.Length; i++)
        {
            var value = integers[i];
            var at = bytes.AsSpan(i * ElementBytes);
            var fits = layout.Type switch
            {
                FitsElementType.Byte => value is >= byte.MinValue and <= byte.MaxValue,
                FitsElementType.Int16 => value is >= short.MinValue and <= short.MaxValue,
                _ => true,
            };
            if (!fits) throw FitsErrors.BadTile(place, tile, $"the pixel value {value}", $"a value of ZBITPIX {(int)layout.Type}");
            if (layout.Type == FitsElementType.Byte) at[0] = (byte)value;
            else if (layout.Type == FitsElementType.Int16) BinaryPrimitives.WriteInt16BigEndian(at, (short)value);
            else if (layout.Type == FitsElementType.Int32) BinaryPrimitives.WriteInt32BigEndian(at, value);
            else BinaryPrimitives.WriteInt64BigEndian(at, value);
        }

        return bytes;
    }

    private void StoreReals(long tile, int[] integers, byte[] bytes)
    {
        var values = new double[integers.Length];
        layout.Quantization.Restore(integers, tile, columns.Scale(tile), columns.Zero(tile), columns.Blank(tile), values);
        for (var i = 0; i < values.Length; i++)
        {
            var at = bytes.AsSpan(i * ElementBytes);
            if (layout.Type == FitsElementType.Single) BinaryPrimitives.WriteSingleBigEndian(at, (float)values[i]);
            else BinaryPrimitives.WriteDoubleBigEndian(at, values[i]);
        }
    }

    private FitsException WrongSize(long tile, byte[] bytes, int pixels, int elementBytes) =>
        FitsErrors.BadTile(place, tile, $"{bytes.Length} bytes", $"{pixels} pixels of {elementBytes} bytes");
}
