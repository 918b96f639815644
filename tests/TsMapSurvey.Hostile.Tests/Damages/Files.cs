using System.Text;

namespace TsMapSurvey.Hostile.Tests;

/// <summary>What happens to the files of a store.</summary>
internal static class Files
{
    /// <summary>The newest of the files that a pattern finds in a folder of the store.</summary>
    public static string Newest(string store, string folder, string pattern)
    {
        var path = Path.Combine(store, folder);
        var files = Directory.Exists(path) ? Directory.GetFiles(path, pattern) : [];
        return files.Order(StringComparer.Ordinal).LastOrDefault()
            ?? throw new InvalidOperationException($"there is no {pattern} in {folder}");
    }

    /// <summary>In the middle, where no header or name is.</summary>
    public static void Flip(string file)
    {
        var bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 0x40;
        File.WriteAllBytes(file, bytes);
    }

    /// <summary>The last digit of the last number but one becomes another: still a document that can be read.</summary>
    public static void ChangeDigit(string file)
    {
        var text = File.ReadAllText(file).ToCharArray();
        var at = Array.FindLastIndex(text, text.Length - 1, character => character is '.');
        if (at < 0) at = Array.FindIndex(text, char.IsAsciiDigit) - 1;
        at = Array.FindIndex(text, at + 1, char.IsAsciiDigit);
        text[at] = text[at] == '9' ? '1' : (char)(text[at] + 1);
        File.WriteAllText(file, new string(text));
    }

    public static void Cut(string file)
    {
        var bytes = File.ReadAllBytes(file);
        File.WriteAllBytes(file, bytes[..(bytes.Length / 2)]);
    }

    public static void Empty(string file) => File.WriteAllBytes(file, []);

    public static void Garble(string file) => File.WriteAllBytes(file, Encoding.ASCII.GetBytes("this is something else altogether"));

    /// <summary>A named pipe: whoever opens it waits for the other end.</summary>
    public static void Pipe(string file) => Assert.Equal(0, Tools.Run("mkfifo", [file]).ExitCode);
}
