using System.Text.Json;
using TsMapSurvey.Maps.Gadf;

namespace TsMapSurvey.Cli.Tests;

[Trait("Pace", "slow")]
public sealed class ReduceCommandTests
{
    private static readonly string Axes = """
        "energyAxis": { "minTeV": 0.6, "maxTeV": 30, "bins": 6 }, "trueEnergyAxis": { "minTeV": 0.3, "maxTeV": 60, "bins": 12 },
        "maps": { "point": { "spatial": "point", "kernelWidthDeg": 0.6 } }
        """;

    [Fact]
    public void Event_lists_become_the_map_that_gammapy_makes_of_them()
    {
        using var folder = new TemporaryFolder();
        var golden = Shared.Path("golden", "hess-rxj1713", "stacked.fits.gz");
        WriteSurvey(folder, $$"""{ "kind": "grid", "like": "{{golden}}" }""", """, "events": { "offsetMaxDeg": 2.3 }""");
        string[] files = [.. Directory.GetFiles(Shared.Path("data", "hess-dl3-rxj1713"), "hess_*.fits.gz").Order(StringComparer.Ordinal)];
        using var json = JsonDocument.Parse(Tsmap.Do(
            ["reduce", .. files, "--survey", folder.File("survey.json"), "--out", folder.File("reduced"), "--json"]));
        Assert.Equal(15, json.RootElement.GetArrayLength());
        Assert.InRange(json.RootElement[0].GetProperty("backgroundNorm").GetDouble(), 1.1665, 1.1667);
        Assert.Equal(0.2344, json.RootElement[0].GetProperty("minTeV").GetDouble(), 1e-3);

        Tsmap.Do(["stack", .. Directory.GetFiles(folder.File("reduced")), "--out", folder.File("s.fits.gz"), "--geometry-of", golden]);
        Peer.Agrees("compare_stack.py", folder.File("s.fits.gz"), golden);
        Tsmap.Do("compute", folder.File("s.fits.gz"), "--out", folder.File("point.fits.gz"), "--kernel-width", "0.6 deg", "--rtol", "1e-6");
        Peer.Agrees("compare_fluxmaps.py", folder.File("point.fits.gz"), Shared.Path("golden", "hess-rxj1713", "point.fits.gz"));
    }

    [Fact]
    public void An_index_gives_the_observations_that_are_asked_for()
    {
        using var folder = new TemporaryFolder();
        WriteSurvey(folder, Grid, """, "events": { "offsetMaxDeg": 2.3, "background": "none", "safeMask": ["offset-max", "bkg-peak"] }""");
        var data = Shared.Path("data", "hess-dl3-rxj1713");
        Tsmap.Do("reduce", data, "--observation", "20326", "--observation", "20327", "--survey", folder.File("survey.json"), "--out",
            folder.File("out"));

        Assert.Equal(["obs_20326.fits.gz", "obs_20327.fits.gz"], Directory.GetFiles(folder.File("out")).Select(Path.GetFileName).Order());
        var dataset = MapDatasetFile.Read(folder.File("out", "obs_20327.fits.gz"));
        Assert.True(dataset.Counts!.Data.Sum() > 1000);
        var unknown = Tsmap.Run("reduce", data, "--observation", "1", "--survey", folder.File("survey.json"), "--out", folder.File("out"));
        Assert.Equal(2, unknown.ExitCode);
        Assert.Contains("--observation: found 1", unknown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_cannot_be_reduced_is_named_and_does_not_stop_the_others()
    {
        using var folder = new TemporaryFolder();
        WriteSurvey(folder, Grid, """, "events": {}""");
        var file = Directory.GetFiles(Shared.Path("data", "hess-dl3-rxj1713"), "hess_*.fits.gz")[0];
        File.Copy(file, folder.File("good.fits.gz"));
        File.Copy(Simulated.Observation(), folder.File("bad.fits.gz"));
        var result = Tsmap.Run("reduce", folder.File("bad.fits.gz"), folder.File("good.fits.gz"), "--survey", folder.File("survey.json"),
            "--out", folder.File("out"));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("1 of 2 observations were not reduced", result.Error, StringComparison.Ordinal);
        Assert.Contains("PRIMARY, COUNTS", result.Error, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(folder.File("out")));
    }

    [Theory]
    [InlineData("", "events: found an event list")]
    [InlineData(""", "events": { "safeMask": ["offset"], "offsetMaxDeg": 0, "exclude": "x" }""", "events.safeMask[0]")]
    [InlineData(""", "events": { "exclusion": "none.fits" }""", "none.fits")]
    public void A_survey_that_does_not_say_how_is_refused_with_the_reason(string events, string expected)
    {
        using var folder = new TemporaryFolder();
        WriteSurvey(folder, Grid, events);
        var result = Tsmap.Run("reduce", Simulated.Observation(), "--survey", folder.File("survey.json"), "--out", folder.File("out"));
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    private const string Grid =
        """{ "kind": "grid", "frame": "galactic", "projection": "CAR", "pixelSizeDeg": 0.08, "widthDeg": 360, "heightDeg": 40 }""";

    private static void WriteSurvey(TemporaryFolder folder, string tiling, string events) => File.WriteAllText(
        folder.File("survey.json"), $$"""{ "name": "reduced", "tiling": {{tiling}}, {{Axes}}{{events}} }""");
}
