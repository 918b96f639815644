using System.Text.RegularExpressions;

namespace TsMapSurvey.Cli.Tests.Documents;

/// <summary>One line of a block of commands.</summary>
/// <param name="Where">Document and line, for messages.</param>
internal sealed partial record DocumentCommand(string Where, string Text)
{
    /// <summary>
    /// The words, as a shell splits them: double quotes hold a word together, <c>*</c> stands for the files of the folder, and <c>#</c>
    /// at the beginning of a word begins a comment.
    /// </summary>
    public string[] Words(string folder) =>
    [
        .. Word().Matches(Text).Select(match => match.Groups["word"]).Where(word => word.Success)
            .SelectMany(word => Files(folder, word.Value)),
    ];

    private static IEnumerable<string> Files(string folder, string word) => !word.Contains('*', StringComparison.Ordinal) ? [word]
        : Directory.GetFiles(folder, word).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);

    [GeneratedRegex("""\G\s*(?:#.*|"(?<word>[^"]*)"|(?<word>[^\s"#]\S*))""")]
    private static partial Regex Word();
}
