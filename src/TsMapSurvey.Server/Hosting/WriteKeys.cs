using System.Security.Cryptography;

namespace TsMapSurvey.Server.Hosting;

/// <summary>The keys for changes, sent in the header <see cref="WebhookKey.Header"/>.</summary>
internal sealed class WriteKeys(IReadOnlyList<string> keys)
{
    private readonly byte[][] _digests = [.. keys.Select(WebhookKey.Digest)];

    /// <summary>False: everyone who can reach this server may write.</summary>
    public bool AreSet => _digests.Length > 0;

    /// <param name="shown">The key of the request; null if absent.</param>
    public bool Opens(string? shown)
    {
        // All keys are compared, and digests have equal lengths, so the time does not depend on the keys.
        var (digest, opens) = (WebhookKey.Digest(shown ?? ""), false);
        foreach (var key in _digests) opens |= CryptographicOperations.FixedTimeEquals(key, digest);
        return opens;
    }
}
