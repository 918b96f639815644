using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Estimators;

namespace TsMapSurvey.Cli.Estimator;

/// <summary>The value of --selection-optional: words with commas, with blanks, or with both between them.</summary>
internal static class SelectionWords
{
    public const string Option = "--selection-optional";

    /// <summary>
    /// The arguments with the words behind the option as one argument. A list of values that took whatever comes would take the files behind it
    /// too, so only words that are, or nearly are, words of the selection belong to it.
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

    /// <summary>Every word that is none is a problem by itself.</summary>
    public static TsMapSelection Read(string? text, List<string> problems)
    {
        var selection = TsMapSelection.None;
        foreach (var word in Split(text ?? ""))
        {
            if (Choice.Find(word, SelectionNames.Known) is { } known) selection |= SelectionNames.Find(known)!.Value;
            else problems.Add(Choice.Problem(Option, word, SelectionNames.Known));
        }

        return selection;
    }

    private static bool IsOfSelection(string argument) =>
        !argument.StartsWith('-') && !File.Exists(argument) && Split(argument) is { Length: > 0 } words && Array.TrueForAll(words, IsNear);

    private static bool IsNear(string word) =>
        Choice.Find(word, SelectionNames.Known) is not null || NearestName.Of(word, SelectionNames.Known) is not null;

    private static string[] Split(string text) =>
        text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
