using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Estimators;
using TsMapSurvey.Surveys.Options;

namespace TsMapSurvey.Cli.Estimator;

/// <summary>The value of --selection-optional: words separated by commas, blanks or both.</summary>
internal static class SelectionWords
{
    public static string Option => MapOptions.Selection.Typed;

    /// <summary>
    /// The arguments, with the words after the option joined into one argument. An option with several values would also swallow the
    /// files after it, so only words that are equal or similar to words of the selection are joined.
    /// </summary>
    public static string[] Join(string[] arguments)
    {
        var joined = new List<string>();
        for (var i = 0; i < arguments.Length; i++)
        {
            joined.Add(arguments[i]);
            if (arguments[i] != Option || i + 1 == arguments.Length) continue;
            var words = new List<string> { arguments[++i] };
            while (i + 1 < arguments.Length && (words[^1].EndsWith(',') || IsSelection(arguments[i + 1]))) words.Add(arguments[++i]);
            joined.Add(string.Join(',', words));
        }

        return [.. joined];
    }

    /// <summary>The words of the selection. Every unknown word is added to the problems.</summary>
    public static string[] Read(string? text, List<string> problems)
    {
        var found = Split(text ?? "").Select(typed => (Typed: typed, Known: Choice.Find(typed, SelectionNames.Known))).ToArray();
        problems.AddRange(
            found.Where(word => word.Known is null).Select(word => Choice.Problem(Option, word.Typed, SelectionNames.Known)));
        return [.. found.Select(word => word.Known).OfType<string>()];
    }

    private static bool IsSelection(string argument) =>
        !argument.StartsWith('-') && !File.Exists(argument) && Split(argument) is { Length: > 0 } words && Array.TrueForAll(words, IsNear);

    private static bool IsNear(string word) =>
        Choice.Find(word, SelectionNames.Known) is not null || NearestName.Of(word, SelectionNames.Known) is not null;

    private static string[] Split(string text) =>
        text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
