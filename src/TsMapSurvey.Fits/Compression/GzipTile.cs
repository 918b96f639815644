using System.Buffers.Binary;
using System.IO.Compression;

namespace TsMapSurvey.Fits;

/// <summary>
/// GZIP_1 and GZIP_2 (FITS standard 4.0, 10.4.2): one gzip member for each tile, with big-endian pixels. GZIP_2 stores the first byte of
/// every pixel, then the second byte of every pixel, and so on.
/// </summary>
internal static class GzipTile
{
    private const int MinBytes = 18;

    /// <summary>Whether GZipStream throws this exception for damaged compressed data.</summary>
    public static bool IsDamage(Exception exception) =>
        exception is InvalidDataException or EndOfStreamException || exception.GetType().Namespace == "System.IO.Compression";

    /// <summary>Returns the bytes of a tile, or null and the problem. The size is checked before memory is allocated for it.</summary>
    /// <param name="pixels">Number of pixels in the tile; each has 1, 2, 4 or 8 bytes.</param>
    public static byte[]? TryDecode(byte[] bytes, int pixels, bool shuffled, out string problem)
    {
        // The last four bytes of a gzip member are its decompressed size.
        var size = bytes.Length < MinBytes ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(bytes.Length - 4));
        problem = $"a gzip member of {size} bytes";
        if (pixels == 0 || size % (uint)pixels != 0 || size > Array.MaxLength) return null;
        if (size / (uint)pixels is not (1 or 2 or 4 or 8)) return null;
        var decompressed = new byte[size];
        try
        {
            using var gzip = new GZipStream(new MemoryStream(bytes, writable: false), CompressionMode.Decompress);
            var count = gzip.ReadAtLeast(decompressed, decompressed.Length, throwOnEndOfStream: false);
            problem = $"a gzip member that announces {size} bytes and has {(count < decompressed.Length ? "fewer" : "more")}";
            if (count < decompressed.Length || gzip.ReadByte() >= 0) return null;
        }
        catch (Exception exception) when (IsDamage(exception))
        {
            problem = $"damaged gzip data ({exception.Message})";
            return null;
        }

        return shuffled ? Unshuffle(decompressed, pixels) : decompressed;
    }

    private static byte[] Unshuffle(byte[] shuffled, int pixels)
    {
        var size = shuffled.Length / pixels;
        if (size == 1) return shuffled;
        var bytes = new byte[shuffled.Length];
        for (var part = 0; part < size; part++)
            for (int i = 0, from = part * pixels, to = part; i < pixels; i++, from++, to += size) bytes[to] = shuffled[from];
        return bytes;
    }
}
