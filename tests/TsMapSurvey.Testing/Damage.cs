namespace TsMapSurvey.Testing;

/// <summary>What can happen to a file on a disk, each under a name.</summary>
public static class Damage
{
    private static readonly Dictionary<string, Func<byte[], byte[]?>> Done = new()
    {
        ["cut in the middle"] = bytes => bytes[..(bytes.Length / 2)],
        ["without its end"] = bytes => bytes[..Math.Max(0, bytes.Length - 100)],
        ["emptied"] = _ => [],
        ["a bit of its middle flipped"] = bytes => Flip(bytes, bytes.Length / 2),
        ["a bit near its end flipped"] = bytes => Flip(bytes, bytes.Length - Math.Min(7, bytes.Length)),
        ["a bit near its beginning flipped"] = bytes => Flip(bytes, Math.Min(90, bytes.Length / 4)),
        ["something else"] = _ => "something else"u8.ToArray(),
        ["deleted"] = _ => null,
    };

    public static IReadOnlyCollection<string> Kinds => Done.Keys;

    public static void Do(string path, string kind)
    {
        if (Done[kind](File.ReadAllBytes(path)) is { } bytes) File.WriteAllBytes(path, bytes);
        else File.Delete(path);
    }

    private static byte[] Flip(byte[] bytes, int at)
    {
        bytes[at] ^= 4;
        return bytes;
    }
}
