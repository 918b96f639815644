using System.Text.RegularExpressions;

namespace TsMapSurvey.Cli.Tests.Contract;

/// <summary>
/// The command line that scripts are written for, as --help tells it, recorded: nothing of it goes or changes, more may come. To record it
/// anew run these tests with TSMAP_WRITE_CONTRACT=1, and look at the difference.
/// </summary>
public sealed partial class HelpTests
{
    private const string Variable = "TSMAP_WRITE_CONTRACT";
    private const string Root = "tsmap";
    private static readonly string Folder = Repository.Path("tests", "TsMapSurvey.Cli.Tests", "Contract", "help");

    [Fact]
    public async Task Every_command_has_the_help_it_had_but_for_additions()
    {
        var help = new SortedDictionary<string, string[]>(StringComparer.Ordinal) { [Root] = Lines(Tsmap.Do("--help")) };
        foreach (var command in Commands(help[Root])) help[command] = Lines(Tsmap.Do(command, "--help"));
        var isWriting = Environment.GetEnvironmentVariable(Variable) == "1";
        var gone = new List<string>();
        foreach (var (command, lines) in help)
        {
            var file = Path.Combine(Folder, $"{command}.txt");
            if (isWriting) await File.WriteAllLinesAsync(file, lines, TestContext.Current.CancellationToken);
            if (File.Exists(file)) gone.AddRange(Missing(File.ReadAllLines(file), lines).Select(line => $"{command}: {line}"));
        }

        Assert.True(gone.Count == 0, $"not there any more, or not in this order; {Variable}=1 records anew:\n{string.Join('\n', gone)}");
        Assert.Empty(Directory.GetFiles(Folder).Select(file => Path.GetFileNameWithoutExtension(file)!).Except(help.Keys));
        Assert.True(help.Count >= 18, string.Join(", ", help.Keys));
    }

    [Fact]
    public void A_line_that_is_gone_or_has_changed_is_told()
    {
        Assert.Empty(Missing(["a", "b"], ["a", "new", "b", "new"]));
        Assert.Equal(["b"], Missing(["a", "b", "c"], ["a", "B", "c"]));
        Assert.Equal(["b"], Missing(["a", "b"], ["b", "a"]));
    }

    /// <summary>Without the widths of columns, which the longest entry makes, and what the machine makes.</summary>
    private static string[] Lines(string output) =>
        [.. output.Split('\n').Select(line => Threads().Replace(Tsmap.Words(line), "Threads [default: N]")).Where(line => line.Length > 0)];

    private static IEnumerable<string> Commands(IEnumerable<string> root) =>
        root.SkipWhile(line => line != "Commands:").Skip(1).Select(line => line.Split(' ')[0]);

    /// <summary>The lines that are not found after those before them.</summary>
    internal static List<string> Missing(string[] golden, string[] found)
    {
        var (missing, at) = (new List<string>(), 0);
        foreach (var line in golden)
        {
            var place = Array.IndexOf(found, line, at);
            if (place < 0) missing.Add(line);
            else at = place + 1;
        }

        return missing;
    }

    [GeneratedRegex(@"Threads \[default: \d+\]")]
    private static partial Regex Threads();
}
