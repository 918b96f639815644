namespace TsMapSurvey.Cli.Terminal;

/// <summary>Finds a typed word in a list of known words. Case is ignored; hyphens, blanks and underscores are equal.</summary>
internal static class Choice
{
    /// <summary>The word as it is spelled in the list; null if the list does not have it.</summary>
    public static string? Find(string text, IEnumerable<string> known) => known.FirstOrDefault(word => Plain(word) == Plain(text));

    /// <exception cref="UsageException">The list does not have the word; the message suggests a similar one.</exception>
    public static string Parse(string option, string text, IReadOnlyList<string> known) =>
        Find(text, known) ?? throw CliErrors.Usage(Problem(option, text, known));

    public static string Problem(string option, string text, IReadOnlyList<string> known) =>
        $"{option}: found '{text}', {Expected(text, known)}";

    private static string Expected(string text, IReadOnlyList<string> known) =>
        NearestName.Of(Plain(text), known) is { } nearest ? $"did you mean {nearest}?"
        : known.Count < 3 ? $"expected {string.Join(" or ", known)}"
        : $"expected one of {string.Join(", ", known)}";

    private static string Plain(string text) => text.Trim().ToLowerInvariant().Replace('-', '_').Replace(' ', '_');
}
