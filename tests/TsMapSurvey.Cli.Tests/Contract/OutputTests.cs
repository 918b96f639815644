using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace TsMapSurvey.Cli.Tests.Contract;

/// <summary>
/// What the commands print, recorded with the store of an earlier build: nothing of it goes or changes, more may come. To record it anew
/// run these tests with TSMAP_WRITE_CONTRACT=1, and look at the difference.
/// </summary>
[Trait("Pace", "slow")]
public sealed partial class OutputTests
{
    private static readonly string Golden = Repository.Path("tests", "TsMapSurvey.Cli.Tests", "Contract", "output.txt");
    private static readonly string[] OfServer = ["status", "tiles", "observations", "candidates"];

    [Fact]
    public void Commands_print_what_they_printed_but_for_additions()
    {
        using var folder = new TemporaryFolder();
        var store = folder.File("store");
        KeptStore.Of2026.CopyTo(store);
        string File(int index) => Path.Combine(store, "observations", $"sim-000{index}.fits.gz");
        var lines = new List<string>();
        void Run(params string[] arguments)
        {
            var result = Tsmap.RunIn(folder.Path, arguments);
            lines.Add($"> tsmap {Normal(string.Join(' ', arguments))}");
            lines.AddRange(Lines(result.Output));
            lines.AddRange(Lines(result.Error).Select(line => "! " + line));
            lines.Add($"exit {result.ExitCode}");
        }

        Run("verify", "--store", "store");
        Run("verify", "--store", "store", "--json");
        Run("info", File(1));
        Run("info", File(1), "--json");
        Run("stack", File(1), File(2), "--out", "stack.fits");
        Run("compute", "stack.fits", "--out", "maps.fits", "--kernel-width", "0.6 deg");
        Run("candidates", "--from", "maps.fits", "--min-sqrt-ts", "3");
        Run("flux-points", "stack.fits", "--at", "l=340 b=0", "--kernel-width", "0.6 deg");
        Run("compute", File(9), "--out", "none.fits");
        Run("compute", File(1), "--out", "none.fits", "--kernel", "1", "--rtol", "7");
        Run("nothing");
        using var served = new ServedSurvey(Definition(folder), store);
        served.WaitUntilListed();
        served.WaitUntilAllIsSeen();
        foreach (var command in OfServer)
        {
            Run(command, "--server", served.Address);
            Run(command, "--server", served.Address, "--json");
        }

        Run("mosaic", "--server", served.Address, "--quantity", "counts", "--out", "counts.fits");
        Run("info", "counts.fits");
        Run("retract", "sim-0001.fits.gz", "--server", served.Address, "--json");
        Run("retry", "sim-0002.fits.gz", "--server", served.Address);
        Run("retract", "none.fits", "--server", served.Address);
        Run("status", "--server", served.Address, "--survey", "none");

        if (Environment.GetEnvironmentVariable("TSMAP_WRITE_CONTRACT") == "1") System.IO.File.WriteAllLines(Golden, lines);
        var gone = HelpTests.Missing(System.IO.File.ReadAllLines(Golden), [.. lines]);
        Assert.True(gone.Count == 0, $"not there any more, or not in this order:\n{string.Join('\n', gone)}");
    }

    /// <summary>As its user wrote it: in the store it has a checksum.</summary>
    private static string Definition(TemporaryFolder folder)
    {
        var json = JsonNode.Parse(KeptStore.Of2026.Read("definitions/old.json"))!.AsObject();
        json.Remove("checksum");
        File.WriteAllText(folder.File("survey.json"), json.ToJsonString());
        return folder.File("survey.json");
    }

    private static IEnumerable<string> Lines(string output) =>
        output.Split('\n').Select(line => Normal(Tsmap.Words(line))).Where(line => line.Length > 0);

    private static string Normal(string text)
    {
        text = Folder().Replace(text, "FOLDER");
        text = Address().Replace(text, "ADDRESS");
        text = Key().Replace(text, "KEY");
        text = Now().Replace(text, "TIME");
        return Fraction().Replace(text, number => Rounded(number.Value));
    }

    private static string Rounded(string number) =>
        double.Parse(number, CultureInfo.InvariantCulture).ToString("g6", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"/[^ ]*tsmap-test-[A-Za-z0-9]+")]
    private static partial Regex Folder();

    [GeneratedRegex(@"127\.0\.0\.1:\d+")]
    private static partial Regex Address();

    [GeneratedRegex(@"\b[0-9a-f]{32}\b")]
    private static partial Regex Key();

    /// <summary>Observations are of 2020: later times are those of the run, or of the store.</summary>
    [GeneratedRegex(@"20(2[4-9]|[3-9]\d)-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|(\+|\\u002B)00:00)?")]
    private static partial Regex Now();

    [GeneratedRegex(@"(?<![\w.:-])-?\d+(\.\d+)?([eE][-+]?\d+)?(?![\w.:])")]
    private static partial Regex Fraction();
}
