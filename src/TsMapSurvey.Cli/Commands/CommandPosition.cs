using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Cli.Commands;

/// <summary>
/// Reads a position from the command line: "83.63,22.01", "l=184.56,b=-5.78", "05h34m31s +22d01m", "05:34:31 22:00:52". A comma or
/// blanks separate the coordinates.
/// </summary>
internal static class CommandPosition
{
    private static readonly string[] Frames = ["icrs", "galactic"];

    private static readonly char[] Blanks = [' ', '\t'];

    public static SkyFrame Frame(string text) => Choice.Parse("--frame", text, Frames) == "galactic" ? SkyFrame.Galactic : SkyFrame.Icrs;

    /// <exception cref="UsageException">The text is not a position, or the frame is not known.</exception>
    public static SkyPosition Parse(string text, string frame)
    {
        var own = Frame(frame);
        if (Halves(text) is not var (lonText, latText)) throw CliErrors.InvalidPosition(text);
        if (TryTakeName(ref lonText, "l") && TryTakeName(ref latText, "b")) own = SkyFrame.Galactic;
        else if (TryTakeName(ref lonText, "ra") && TryTakeName(ref latText, "dec")) own = SkyFrame.Icrs;
        var lon = AngleText.Degrees(lonText, isRightAscension: own == SkyFrame.Icrs);
        var lat = AngleText.Degrees(latText, isRightAscension: false);
        return lon is { } x && lat is { } y && Math.Abs(x) <= 360 && Math.Abs(y) <= 90
            ? new SkyPosition(x, y, own) : throw CliErrors.InvalidPosition(text);
    }

    /// <summary>Splits at the comma; else before a word with a sign or a name; else in the middle of an even number of words.</summary>
    private static (string Lon, string Lat)? Halves(string text)
    {
        if (text.Contains(',', StringComparison.Ordinal))
            return text.Split(',', StringSplitOptions.TrimEntries) is [var one, var other] ? (one, other) : null;
        var words = text.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        var second = Array.FindIndex(words, Math.Min(1, words.Length), BeginsLatitude);
        if (second < 0 && words.Length > 0 && words.Length % 2 == 0) second = words.Length / 2;
        return second < 0 ? null : (string.Join(' ', words[..second]), string.Join(' ', words[second..]));
    }

    private static bool BeginsLatitude(string word) => word[0] is '+' or '-' or '−'
        || word.StartsWith("b=", StringComparison.OrdinalIgnoreCase) || word.StartsWith("dec=", StringComparison.OrdinalIgnoreCase);

    private static bool TryTakeName(ref string text, string name)
    {
        if (!text.StartsWith(name + "=", StringComparison.OrdinalIgnoreCase)) return false;
        text = text[(name.Length + 1)..].Trim();
        return true;
    }
}
