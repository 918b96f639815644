using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Estimators;
using TsMapSurvey.Surveys.Options;

namespace TsMapSurvey.Cli.Estimator;

/// <summary>The value of --selection-optional: words with commas, with blanks, or with both between them.</summary>
internal static class SelectionWords
{
    public static string Option => MapOptions.Selection.Typed;

    /// <summary>
    /// The arguments with the words behind the option as one argument. A list of values that took whatever comes would take the files
    /// behind it too, so only words that are, or nearly are, words of the selection belong to it.
    /// </summary>
    public static string[] Join(string[] arguments)
    {
        var joined = new List<string>();
        for (var i = 0; i < arguments.Length; i++)
        {
            joined.Add(arguments[i]);
            if (arguments[i] != Option || i + 1 == arguments.Length) continue;
            var words = new List<string> { arguments[++i] };
            while (i + 1 < arguments.Length && (words[^1].EndsWith(',') || IsOfSelection(arguments[i + 1]))) words.Add(arguments[++i]);
            joined.Add(string.Join(',', words));
        }

        return [.. joined];
    }

    /// <summary>The words of the selection. Every other word is a problem by itself.</summary>
    public static string[] Read(string? text, List<string> problems)
    {
        var found = Split(text ?? "").Select(word => (Word: word, Known: Choice.Find(word, SelectionNames.Known))).ToArray();
        problems.AddRange(found.Where(one => one.Known is null).Select(one => Choice.Problem(Option, one.Word, SelectionNames.Known)));
        return [.. found.Select(one => one.Known).OfType<string>()];
    }

    private static bool IsOfSelection(string argument) =>
        !argument.StartsWith('-') && !File.Exists(argument) && Split(argument) is { Length: > 0 } words && Array.TrueForAll(words, IsNear);

    private static bool IsNear(string word) =>
        Choice.Find(word, SelectionNames.Known) is not null || NearestName.Of(word, SelectionNames.Known) is not null;

    private static string[] Split(string text) =>
        text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
