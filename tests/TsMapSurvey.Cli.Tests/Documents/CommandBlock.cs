using System.Text.RegularExpressions;

namespace TsMapSurvey.Cli.Tests.Documents;

/// <summary>A block of shell commands in a Markdown document of the repository.</summary>
/// <param name="Where">Document and line, for messages.</param>
/// <param name="NotRun">The reason of the comment <c>&lt;!-- not run: REASON --&gt;</c> before the block; null where there is none.</param>
internal sealed partial record CommandBlock(string Where, string? NotRun, IReadOnlyList<DocumentCommand> Commands)
{
    private const string Fence = "```";

    /// <exception cref="FormatException">A block is in another language than sh and json, or does not end.</exception>
    public static IReadOnlyList<CommandBlock> Of(string page)
    {
        var (lines, blocks) = (File.ReadAllLines(Repository.Path(page)), new List<CommandBlock>());
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith(Fence, StringComparison.Ordinal)) continue;
            var (where, end) = ($"{page}:{i + 1}", Array.IndexOf(lines, Fence, i + 1));
            if (lines[i] is not (Fence + "sh" or Fence + "json") || end < 0)
                throw new FormatException($"{where}: found {lines[i]}, expected a block of sh or json that ends with {Fence}");
            if (lines[i] == Fence + "sh")
            {
                var reason = Reason().Match(lines[Math.Max(0, i - 1)]);
                var commands = Enumerable.Range(i + 1, end - i - 1).Where(line => !string.IsNullOrWhiteSpace(lines[line]));
                blocks.Add(new CommandBlock(where, reason.Success ? reason.Groups[1].Value : null,
                    [.. commands.Select(line => new DocumentCommand($"{page}:{line + 1}", lines[line]))]));
            }

            i = end;
        }

        return blocks;
    }

    [GeneratedRegex("^<!-- not run: (.+) -->$")]
    private static partial Regex Reason();
}
