using System.Text.Json;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Cli.Tests;

[Collection(SimulatedServerUse.Name)]
[Trait("Pace", "slow")]
public sealed class CandidatesCommandTests(SimulatedServer served)
{
    [Fact]
    public void The_galactic_centre_and_w28_are_the_first_of_the_fermi_map()
    {
        using var json = JsonDocument.Parse(
            Tsmap.Do("candidates", "--from", Shared.Path("golden", "fermi-3fhl-gc", "full.fits.gz"), "--json", "--min-sqrt-ts", "8"));
        SkyPosition[] found = [.. json.RootElement.EnumerateArray()
            .Select(row => new SkyPosition(row.GetProperty("ra").GetDouble(), row.GetProperty("dec").GetDouble(), SkyFrame.Icrs))];
        Assert.True(found[0].SeparationDeg(new SkyPosition(266.417, -29.008, SkyFrame.Icrs)) < 0.02, $"{found[0]}");
        Assert.True(found[1].SeparationDeg(new SkyPosition(272.46, -23.54, SkyFrame.Icrs)) < 0.02, $"{found[1]}");
        Assert.All(json.RootElement.EnumerateArray(), row => Assert.InRange(row.GetProperty("posErr").GetDouble(), 1e-3, 0.1));
        for (var i = 0; i < found.Length; i++)
            for (var j = 0; j < i; j++) Assert.True(found[i].SeparationDeg(found[j]) >= 0.3);
    }

    [Fact]
    public void What_compute_has_written_is_read_and_given_as_a_table()
    {
        using var folder = new TemporaryFolder();
        var python = Tools.NeedAstropy();
        Tsmap.Do("compute", Simulated.Observation(), "--out", folder.File("m.fits"), "--kernel-width", "0.6 deg");
        var shown = Tsmap.Do("candidates", "--from", folder.File("m.fits"), "--min-sqrt-ts", "3", "--min-separation", "0.2 deg");
        Assert.Contains("pos_err", shown, StringComparison.Ordinal);
        foreach (var ending in new[] { "ecsv", "vot", "json", "fits" })
            Tsmap.Do("candidates", "--from", folder.File("m.fits"), "--min-sqrt-ts", "3", "--out", folder.File($"c.{ending}"));
        using var json = JsonDocument.Parse(File.ReadAllText(folder.File("c.json")));
        Assert.True(json.RootElement.GetArrayLength() > 0);
        var result = Tools.Run(python, ["-c", $"""
            from astropy.table import Table
            from astropy.io import votable
            import astropy.units as u
            tables = [Table.read("{folder.Path}/c.ecsv", format="ascii.ecsv"), Table.read("{folder.Path}/c.fits")]
            for t in tables + [votable.parse("{folder.Path}/c.vot", verify="exception").get_first_table().to_table()]:
                assert t["ra"].unit == u.deg and t["flux"].unit == u.Unit("cm-2 s-1"), t.info
                print(len(t), end=" ")
            """]);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal($"{json.RootElement.GetArrayLength()} {json.RootElement.GetArrayLength()} {json.RootElement.GetArrayLength()}",
            result.Output.Trim());
    }

    [Theory]
    [InlineData(2, "--min-separation", "--from", "x.fits", "--min-separation", "3 TeV")]
    [InlineData(2, "--out: found peaks.txt", "--from", "x.fits", "--out", "peaks.txt")]
    [InlineData(2, "min_distance: found 0", "--from", "{maps}", "--min-distance", "0")]
    [InlineData(2, "--min-distance: only with --from", "--min-distance", "2")]
    [InlineData(1, "no.fits: no such file", "--from", "no.fits")]
    [InlineData(1, "has no image NORM, SQRT_TS or TS", "--from", "{dataset}")]
    public void A_wrong_option_is_one_line_that_names_it(int exit, string message, params string[] arguments)
    {
        var maps = arguments.Contains("{maps}") ? Shared.Path("golden", "hess-rxj1713", "point.fits.gz") : "";
        var result = Tsmap.Run(["candidates", .. arguments.Select(argument => argument.Replace("{maps}", maps, StringComparison.Ordinal)
            .Replace("{dataset}", argument == "{dataset}" ? Simulated.Observation() : "", StringComparison.Ordinal))]);
        Assert.Equal(exit, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_servers_candidates_are_downloaded_as_tables()
    {
        using var folder = new TemporaryFolder();
        foreach (var ending in new[] { "ecsv", "vot", "json" })
            Tsmap.Do("candidates", "--server", served.Address, "--min-sqrt-ts", "3", "--out", folder.File($"c.{ending}"));
        using var json = JsonDocument.Parse(File.ReadAllText(folder.File("c.json")));
        var rows = json.RootElement.GetArrayLength();
        Assert.True(rows > 0);
        Assert.Equal(rows, File.ReadLines(folder.File("c.ecsv")).SkipWhile(line => line.StartsWith('#')).Count() - 1);
        Assert.Equal(rows, File.ReadAllText(folder.File("c.vot")).Split("<TR>").Length - 1);
        var shown = Tsmap.Run("candidates", "--server", served.Address, "--out", folder.File("c.fits"));
        Assert.Equal(2, shown.ExitCode);
    }
}
