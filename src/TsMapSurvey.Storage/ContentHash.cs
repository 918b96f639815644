using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace TsMapSurvey.Storage;

/// <summary>MD5, as in Azure's Content-MD5. It detects accidental damage, not forgery.</summary>
internal static class ContentHash
{
    [SuppressMessage("Security", "CA5351", Justification = "Content-MD5 is the checksum that blob storage keeps")]
    public static byte[] Of(ReadOnlySpan<byte> content) => MD5.HashData(content);

    /// <summary>The hash from the stream's position to its end. Restores the position.</summary>
    [SuppressMessage("Security", "CA5351", Justification = "Content-MD5 is the checksum that blob storage keeps")]
    public static async Task<byte[]> OfAsync(Stream content, CancellationToken cancellationToken)
    {
        var start = content.Position;
        var hash = await MD5.HashDataAsync(content, cancellationToken).ConfigureAwait(false);
        content.Position = start;
        return hash;
    }

    /// <summary>Whether two streams have the same bytes from their positions to their ends.</summary>
    public static async Task<bool> SameAsync(Stream one, Stream other, CancellationToken cancellationToken)
    {
        const int Size = 1 << 17;
        var (left, right) = (ArrayPool<byte>.Shared.Rent(Size), ArrayPool<byte>.Shared.Rent(Size));
        try
        {
            while (true)
            {
                var read = await one.ReadAtLeastAsync(left.AsMemory(0, Size), Size, false, cancellationToken).ConfigureAwait(false);
                var found = await other.ReadAtLeastAsync(right.AsMemory(0, Size), Size, false, cancellationToken).ConfigureAwait(false);
                if (!left.AsSpan(0, read).SequenceEqual(right.AsSpan(0, found))) return false;
                if (read == 0) return true;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(left);
            ArrayPool<byte>.Shared.Return(right);
        }
    }
}
