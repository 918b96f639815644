using System.Buffers.Binary;
using System.IO.Compression;

namespace TsMapSurvey.Fits;

/// <summary>GZIP_1, and GZIP_2, which puts all first bytes of the pixels before all second ones (FITS standard 4.0, 10.4.2): one gzip member a tile, pixels big-endian.</summary>
internal static class GzipTile
{
    private const int LeastBytes = 18;

    /// <summary>Whether a stream of the framework says by this that its compressed bytes are damaged.</summary>
    public static bool IsDamage(Exception error) =>
        error is InvalidDataException or EndOfStreamException || error.GetType().Namespace == "System.IO.Compression";

    /// <summary>The bytes of a tile, or what is wrong with it. Nothing is allocated for a size that the tile cannot have.</summary>
    /// <param name="pixels">Of the tile; each has 1, 2, 4 or 8 bytes.</param>
    public static byte[]? TryDecode(byte[] bytes, int pixels, bool shuffled, out string problem)
    {
        // The last four bytes of a gzip member are its size unfolded.
        var size = bytes.Length < LeastBytes ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(bytes.Length - 4));
        problem = $"a gzip member of {size} bytes";
        if (pixels == 0 || size % (uint)pixels != 0 || size / (uint)pixels is not (1 or 2 or 4 or 8) || size > Array.MaxLength) return null;
        var unfolded = new byte[size];
        try
        {
            using var gzip = new GZipStream(new MemoryStream(bytes, writable: false), CompressionMode.Decompress);
            var count = gzip.ReadAtLeast(unfolded, unfolded.Length, throwOnEndOfStream: false);
            problem = $"{(count < unfolded.Length ? count.ToString(System.Globalization.CultureInfo.InvariantCulture) : "more")} bytes in a gzip member that announces {size}";
            if (count < unfolded.Length || gzip.ReadByte() >= 0) return null;
        }
        catch (Exception error) when (IsDamage(error))
        {
            problem = $"damaged gzip data ({error.Message})";
            return null;
        }

        return shuffled ? Unshuffle(unfolded, pixels) : unfolded;
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
