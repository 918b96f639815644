using System.IO.Hashing;
using System.Text;

namespace TsMapSurvey.Storage.Documents;

/// <summary>
/// JSON objects whose last property, <c>checksum</c>, is the XXH128 of all the bytes before it. It finds accidents (a cut file, a flipped
/// bit), not forgers.
/// </summary>
public static class SealedJson
{
    private const int DigestLength = 32;
    private static readonly byte[] Opening = Encoding.ASCII.GetBytes(",\"checksum\":\"");
    private static readonly byte[] Ending = "\"}"u8.ToArray();

    /// <summary>The object with its checksum.</summary>
    /// <param name="json">A JSON object with at least one property and none that is called checksum.</param>
    public static byte[] Seal(ReadOnlySpan<byte> json)
    {
        var content = json[..json.LastIndexOf((byte)'}')].TrimEnd(" \t\r\n"u8);
        return [.. content, .. Opening, .. Digest(content), .. Ending];
    }

    /// <summary>
    /// Gives its checksum to the object that is all there is in a stream, whose last byte is its brace. The stream is left at its end.
    /// </summary>
    public static void Seal(Stream json)
    {
        var digest = new XxHash128();
        json.SetLength(json.Length - 1);
        json.Position = 0;
        digest.Append(json);
        // Not every stream counts up while it is copied.
        json.Position = json.Length;
        json.Write([.. Opening, .. Encoding.ASCII.GetBytes(Convert.ToHexStringLower(digest.GetCurrentHash())), .. Ending]);
    }

    /// <summary>
    /// Whether the object carries a checksum, and the right one. The checksum is an ordinary property to whoever parses the object.
    /// </summary>
    public static SealState Check(ReadOnlySpan<byte> json)
    {
        var tail = Opening.Length + DigestLength + Ending.Length;
        if (json.Length <= tail) return SealState.Unsealed;
        var content = json[..^tail];
        var seal = json[^tail..];
        if (!seal.StartsWith(Opening) || !seal.EndsWith(Ending)) return SealState.Unsealed;
        return seal[Opening.Length..^Ending.Length].SequenceEqual(Digest(content)) ? SealState.Whole : SealState.Broken;
    }

    /// <summary>
    /// The object without its checksum, where it has one; whether that is the right one is <see cref="Check"/>'s to tell.
    /// </summary>
    public static byte[] Open(ReadOnlySpan<byte> json)
    {
        var tail = Opening.Length + DigestLength + Ending.Length;
        return Check(json) == SealState.Unsealed ? json.ToArray() : [.. json[..^tail], (byte)'}'];
    }

    private static byte[] Digest(ReadOnlySpan<byte> content) => Encoding.ASCII.GetBytes(Convert.ToHexStringLower(XxHash128.Hash(content)));
}
