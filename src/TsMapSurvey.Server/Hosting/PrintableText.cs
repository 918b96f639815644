using System.Globalization;
using System.Text;

namespace TsMapSurvey.Server.Hosting;

/// <summary>
/// Text for terminals and logs. Names come from untrusted files and clients. Control characters (escape sequences), line separators and
/// characters that change the writing direction are shown as JSON escapes such as \u001b.
/// </summary>
public static class PrintableText
{
    public static string Of(string text)
    {
        if (text.EnumerateRunes().All(IsPlain)) return text;
        var shown = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsPlain(rune)) shown.Append(rune);
            else
                foreach (var unit in rune.ToString()) shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
        }

        return shown.ToString();
    }

    private static bool IsPlain(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
