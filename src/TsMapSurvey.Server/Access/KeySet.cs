using System.Security.Cryptography;
using System.Text;

namespace TsMapSurvey.Server.Access;

/// <summary>Keys that open the same, sent in the header <see cref="WebhookKey.Header"/>.</summary>
internal sealed class KeySet(IReadOnlyList<string> keys)
{
    private readonly byte[][] _digests = [.. keys.Select(Digest)];

    public bool IsEmpty => _digests.Length == 0;

    /// <param name="shown">The key of the request; null if absent.</param>
    public bool Opens(string? shown) => Opens(Digest(shown ?? ""));

    /// <param name="digest">The digest of the key of the request.</param>
    public bool Opens(ReadOnlySpan<byte> digest)
    {
        // All keys are compared, and digests have equal lengths, so the time does not depend on the keys.
        var opens = false;
        foreach (var key in _digests) opens |= CryptographicOperations.FixedTimeEquals(key, digest);
        return opens;
    }

    public static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
