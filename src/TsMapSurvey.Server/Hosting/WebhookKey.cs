using System.Security.Cryptography;
using System.Text;
using TsMapSurvey.Server.Failures;

namespace TsMapSurvey.Server.Hosting;

/// <summary>
/// What whoever posts events has to show, in the header <see cref="Header"/> or, as Event Grid keeps addresses secret, in the address.
/// </summary>
/// <param name="key">Null: only who has a key for writing may.</param>
/// <param name="writing">Each of these opens too, in the header.</param>
internal sealed class WebhookKey(string? key, WriteKeys writing)
{
    public const string Header = "Tsmap-Key";
    public const string Parameter = "key";

    private readonly byte[]? _digest = key is null ? null : Digest(key);

    /// <param name="inHeader">As found; null where there is none.</param>
    /// <param name="inAddress">As found; null where there is none.</param>
    /// <exception cref="RequestException">401; 403 where no key is set.</exception>
    public void Check(string? inHeader, string? inAddress)
    {
        if (writing.Opens(inHeader)) return;
        if (_digest is null && writing.AreSet) throw RequestErrors.NoWriteKey();
        if (_digest is null) throw RequestErrors.NoWebhook();
        // Digests are of one length, so the time that it takes says nothing about the key.
        if (!CryptographicOperations.FixedTimeEquals(_digest, Digest(inHeader ?? inAddress ?? "")))
            throw RequestErrors.WrongKey($"the header {Header} or the parameter {Parameter}");
    }

    internal static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
