using System.Globalization;

namespace TsMapSurvey.Surveys.Names;

/// <summary>Prepares untrusted text for messages.</summary>
public static class MessageText
{
    private const int MaxLength = 100;

    /// <summary>
    /// The text, truncated, and with '?' for control characters and for those that no one sees, such as marks of direction.
    /// </summary>
    public static string Of(string? text) =>
        new([.. (text is null ? "nothing" : text.Length > MaxLength ? text[..MaxLength] + "..." : text)
            .Select(c => IsHidden(c) ? '?' : c)]);

    private static bool IsHidden(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
