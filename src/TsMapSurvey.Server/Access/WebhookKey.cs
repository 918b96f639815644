using System.Security.Cryptography;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Server.Settings;

namespace TsMapSurvey.Server.Access;

/// <summary>Checks the key of event senders, in the header <see cref="Header"/> or in the query, which Event Grid keeps secret.</summary>
/// <param name="key">Null: only a write key is accepted.</param>
/// <param name="writing">The write keys, which are accepted too, in the header.</param>
internal sealed class WebhookKey(string? key, KeySet writing)
{
    public const string Header = "Tsmap-Key";
    public const string Parameter = "key";

    private readonly byte[]? _digest = key is null ? null : KeySet.Digest(key);

    public WebhookKey(ServerSettings settings, AccessKeys keys)
        : this(settings.IntakeWebhookKey, keys.Write)
    {
    }

    /// <param name="inHeader">Null if absent.</param>
    /// <param name="inAddress">Null if absent.</param>
    /// <exception cref="RequestException">401; 403 if no key is configured.</exception>
    public void Check(string? inHeader, string? inAddress)
    {
        if (writing.Opens(inHeader)) return;
        if (_digest is null && !writing.IsEmpty) throw RequestErrors.NoKey(Permissions.Write);
        if (_digest is null) throw RequestErrors.NoWebhook();
        // Digests have equal lengths, so the comparison's time does not depend on the key.
        if (!CryptographicOperations.FixedTimeEquals(_digest, KeySet.Digest(inHeader ?? inAddress ?? "")))
            throw RequestErrors.WrongKey($"the header {Header} or the parameter {Parameter}");
    }
}
