using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Cli.Tests;

/// <summary>Tables, on terminals of every width and without one.</summary>
[Collection(SimulatedServerUse.Name)]
[Trait("Pace", "slow")]
public sealed class TableWidthTests(SimulatedServer served)
{
    [Fact]
    public void Every_table_of_files_fits()
    {
        using var folder = new TemporaryFolder();
        var centre = MapDatasetFile.Read(Simulated.Observation()).Grid.Centre.To(SkyFrame.Galactic);
        var at = FormattableString.Invariant($"l={centre.LonDeg:r} b={centre.LatDeg:r}");
        string[] compute = ["compute", Simulated.Observation(), "--kernel-width", "0.6 deg", "--energy-edges", "1,3,10 TeV", "--out"];
        Fits(160, [.. compute, folder.File("wide.fits")]);
        Fits(80, [.. compute, folder.File("m.fits"), "--selection-optional", "all"]);
        foreach (var width in new[] { 80, 160 })
        {
            var shown = Fits(width, "candidates", "--from", folder.File("m.fits"), "--min-sqrt-ts", "3");
            Assert.Contains("e_max", shown, StringComparison.Ordinal);
            Fits(width, "candidates", "--from", folder.File("m.fits"), "--min-sqrt-ts", "3", "--quantity", "e2dnde", "--frame", "galactic");
            Fits(width, "info", Simulated.Observation());
            Fits(width, "info", folder.File("m.fits"));
            Fits(width, "flux-points", Simulated.Observation(), "--at", at, "--kernel-width", "0.6 deg");
        }

        // All columns on one line each, however long.
        var wide = Run(80, "candidates", "--from", folder.File("m.fits"), "--min-sqrt-ts", "3", "--wide");
        foreach (var column in new[] { "glon", "pos_err_major", "brighter", "flux_ul" })
            Assert.Contains(column, wide, StringComparison.Ordinal);
        Assert.DoesNotContain("…", wide, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_table_of_a_server_fits()
    {
        foreach (var width in new[] { 80, 160 })
        {
            Assert.Contains("maxSqrtTs", Fits(width, "tiles", "--server", served.Address), StringComparison.Ordinal);
            Assert.Contains(
                "stacked", Fits(width, "observations", "--server", served.Address, "--state", "Stacked"), StringComparison.Ordinal);
            Assert.Contains(
                "pos_err", Fits(width, "candidates", "--server", served.Address, "--min-sqrt-ts", "3"), StringComparison.Ordinal);
            Assert.Contains("glon", Fits(width, "candidates", "--server", served.Address, "--min-sqrt-ts", "3", "--frame", "galactic"),
                StringComparison.Ordinal);
            Fits(width, "status", "--server", served.Address);
        }

        var wide = Run(80, "tiles", "--server", served.Address, "--wide");
        Assert.Contains("exposureM2S", wide, StringComparison.Ordinal);
        Assert.DoesNotContain("…", wide, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(60)]
    [InlineData(30)]
    [InlineData(3)]
    public void A_table_goes_on_in_the_next_line_and_nothing_of_it_is_cut_off(int width)
    {
        string[] columns = ["name", "changed\nUTC", "ra\ndeg", "reason"];
        string[][] rows = [["obs_0001_with_a_long_name.fits.gz", "2026-11-30 12:45:57", "266.4167",
            "the header says that [counts] are of another energy axis"], ["b", "", "1.5", ""]];
        using var text = new StringWriter();
        TextTable.Write(text, columns, rows, width);
        var lines = text.ToString().Split('\n');
        Assert.DoesNotContain("…", text.ToString(), StringComparison.Ordinal);
        Assert.All(lines, line => Assert.True(line.Length <= Math.Max(width, 2 * columns.Length + 1), line));
        var letters = new string([.. text.ToString().Where(letter => letter > ' ' && letter != '─')]);
        Assert.Equal(string.Concat(columns.Concat(rows.SelectMany(row => row))).Count(letter => letter > ' '), letters.Length);
        // A number is broken only where there is nothing else left to break.
        if (width >= 60) Assert.Contains(lines, line => line.Contains("266.4167", StringComparison.Ordinal));
    }

    private static string Fits(int width, params string[] arguments)
    {
        var output = Run(width, arguments);
        Assert.DoesNotContain("…", output, StringComparison.Ordinal);
        Assert.All(output.Split('\n').Where(line => !line.Contains(Path.GetTempPath(), StringComparison.Ordinal)), line =>
            Assert.True(line.Length <= width, $"{line.Length}: {line}"));
        return output;
    }

    private static string Run(int width, params string[] arguments)
    {
        var environment = width == 80 ? new Dictionary<string, string>() : new() { ["COLUMNS"] = $"{width}" };
        var result = TestedProgram.Run(arguments, environment: environment);
        Assert.True(result.ExitCode == 0, result.Error);
        return result.Output;
    }
}
