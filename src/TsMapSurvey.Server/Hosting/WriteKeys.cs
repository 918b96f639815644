using System.Security.Cryptography;

namespace TsMapSurvey.Server.Hosting;

/// <summary>The keys for changing something; a request shows one of them in the header <see cref="WebhookKey.Header"/>.</summary>
internal sealed class WriteKeys(IReadOnlyList<string> keys)
{
    private readonly byte[][] _digests = [.. keys.Select(WebhookKey.Digest)];

    /// <summary>False: writing is open to everybody who reaches this server.</summary>
    public bool AreSet => _digests.Length > 0;

    /// <param name="shown">As found; null where there is none.</param>
    public bool Opens(string? shown)
    {
        // Every key is looked at, and digests are of one length: the time that it takes says nothing about any of them.
        var (digest, opens) = (WebhookKey.Digest(shown ?? ""), false);
        foreach (var key in _digests) opens |= CryptographicOperations.FixedTimeEquals(key, digest);
        return opens;
    }
}
