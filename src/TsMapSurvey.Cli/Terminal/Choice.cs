namespace TsMapSurvey.Cli.Terminal;

/// <summary>A word out of a list, as people type it: capitals do not count, and hyphens, blanks and underscores are one.</summary>
internal static class Choice
{
    /// <summary>The word as the list has it; null where it is none of them.</summary>
    public static string? Find(string text, IEnumerable<string> known) => known.FirstOrDefault(word => Plain(word) == Plain(text));

    /// <exception cref="UsageException">It is none of them; the message suggests one that is near.</exception>
    public static string Need(string option, string text, IReadOnlyList<string> known) =>
        Find(text, known) ?? throw CliErrors.Usage(Problem(option, text, known));

    public static string Problem(string option, string text, IReadOnlyList<string> known) =>
        $"{option}: found '{text}', {Expected(text, known)}";

    private static string Expected(string text, IReadOnlyList<string> known) =>
        NearestName.Of(Plain(text), known) is { } near ? $"did you mean {near}?"
        : known.Count < 3 ? $"expected {string.Join(" or ", known)}"
        : $"expected one of {string.Join(", ", known)}";

    private static string Plain(string text) => text.Trim().ToLowerInvariant().Replace('-', '_').Replace(' ', '_');
}
