using System.IO.Hashing;
using System.Text;

namespace TsMapSurvey.Storage.Documents;

/// <summary>
/// JSON objects whose last property, <c>checksum</c>, is the XXH128 of all bytes before it. It detects accidental damage (a cut file, a
/// flipped bit), not forgery.
/// </summary>
public static class SealedJson
{
    private const int DigestLength = 32;
    private static readonly byte[] Opening = Encoding.ASCII.GetBytes(",\"checksum\":\"");
    private static readonly byte[] Ending = "\"}"u8.ToArray();

    /// <summary>Appends the checksum.</summary>
    /// <param name="json">A JSON object with at least one property and none named checksum.</param>
    public static byte[] Seal(ReadOnlySpan<byte> json)
    {
        var content = json[..json.LastIndexOf((byte)'}')].TrimEnd(" \t\r\n"u8);
        return [.. content, .. Opening, .. Digest(content), .. Ending];
    }

    /// <summary>
    /// Appends the checksum to the object in a stream. The stream must contain only the object, and end with its closing brace. Leaves the
    /// position at the end.
    /// </summary>
    public static void Seal(Stream json)
    {
        var digest = new XxHash128();
        json.SetLength(json.Length - 1);
        json.Position = 0;
        digest.Append(json);
        // Appending to the hash does not move the position of every kind of stream.
        json.Position = json.Length;
        json.Write([.. Opening, .. Encoding.ASCII.GetBytes(Convert.ToHexStringLower(digest.GetCurrentHash())), .. Ending]);
    }

    /// <summary>Verifies the checksum. JSON parsers see it as an ordinary property.</summary>
    public static SealState Check(ReadOnlySpan<byte> json)
    {
        var tail = Opening.Length + DigestLength + Ending.Length;
        if (json.Length <= tail) return SealState.Unsealed;
        var content = json[..^tail];
        var seal = json[^tail..];
        if (!seal.StartsWith(Opening) || !seal.EndsWith(Ending)) return SealState.Unsealed;
        return seal[Opening.Length..^Ending.Length].SequenceEqual(Digest(content)) ? SealState.Valid : SealState.Broken;
    }

    /// <summary>The object without its checksum, if it has one. Does not verify it, see <see cref="Check"/>.</summary>
    public static byte[] Open(ReadOnlySpan<byte> json)
    {
        var tail = Opening.Length + DigestLength + Ending.Length;
        return Check(json) == SealState.Unsealed ? json.ToArray() : [.. json[..^tail], (byte)'}'];
    }

    private static byte[] Digest(ReadOnlySpan<byte> content) => Encoding.ASCII.GetBytes(Convert.ToHexStringLower(XxHash128.Hash(content)));
}
