namespace TsMapSurvey.Server.Tests.Vo;

/// <summary>stilts, as Debian has it: its validator of VOTables, and its clients of cone searches.</summary>
[Trait("Pace", "slow")]
public sealed class StiltsTests(StackedServer server) : IClassFixture<StackedServer>
{
    [Theory]
    [InlineData("/scs/small?RA=251&DEC=-45&SR=20&min_sqrt_ts=3&VERB=3")]
    [InlineData("/scs/small?RA=251&DEC=-45&SR=200")]
    [InlineData("/vo/sia")]
    [InlineData("/vo/sia?MAXREC=3")]
    [InlineData("/vo/datalink?ID=ivo://tsmapsurvey/small?fluxmaps/x001y001/bands/all&ID=nothing")]
    public async Task Votlint_finds_nothing_in_an_answer(string path)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder.File("answer.vot"), (await server.Client.GetAsync(path)).Bytes);

        var lint = Stilts("votlint", $"votable={folder.File("answer.vot")}");

        Assert.True(lint.ExitCode == 0, lint.Error);
        Assert.Equal("", lint.Output + lint.Error);
    }

    [Fact]
    public async Task Its_cone_searches_find_what_the_api_lists()
    {
        using var folder = new TemporaryFolder();
        var listed = (await server.Client.GetAsync("/api/surveys/small/candidates.json?min_sqrt_ts=3")).Json.EnumerateArray().ToArray();
        Assert.NotEmpty(listed);
        string Of(int candidate, string name) => listed[candidate].GetProperty(name).GetRawText();
        var service = $"serviceurl={server.Address}scs/small?min_sqrt_ts=3&";

        var cone = Stilts("cone", service, $"lon={Of(0, "ra")}", $"lat={Of(0, "dec")}", "radius=0.01", "servicetype=cone", "ofmt=csv",
            $"out={folder.File("cone.csv")}");
        var positions = string.Join('\n', listed.Select((_, i) => $"{i},{Of(i, "ra")},{Of(i, "dec")}").Append("none,10,10"));
        await File.WriteAllTextAsync(folder.File("ours.csv"), $"number,ra_in,dec_in\n{positions}\n");
        var match = Stilts("coneskymatch", service, $"in={folder.File("ours.csv")}", "ifmt=csv", "ra=ra_in", "dec=dec_in", "sr=0.001",
            "find=each", "ofmt=csv", $"out={folder.File("match.csv")}");

        Assert.True(cone.ExitCode == 0 && match.ExitCode == 0, cone.Error + match.Error);
        var found = Rows(folder.File("cone.csv"));
        Assert.Single(found);
        Assert.Equal(listed[0].GetProperty("sqrtTs").GetDouble(), Number(found[0]["sqrt_ts"]), 1e-12);
        var matched = Rows(folder.File("match.csv"));
        Assert.Equal(listed.Length + 1, matched.Count);
        for (var i = 0; i < listed.Length; i++)
            Assert.Equal(listed[i].GetProperty("ts").GetDouble(), Number(matched[i]["ts"]), 1e-9);
        Assert.Equal("", matched[^1]["ts"]);
    }

    [Fact]
    public async Task What_is_cut_out_passes_the_verifier_of_the_fits_office()
    {
        var verifier = Tools.Need("fitsverify", "apt-get install fitsverify");
        using var folder = new TemporaryFolder();
        foreach (var (key, name) in new[] { ("mosaic/point/flux/0/all", "mosaic.fits"), ("fluxmaps/x001y001/bands/all", "maps.fits") })
        {
            var answer = await server.Client.GetAsync($"/vo/soda?ID=ivo://tsmapsurvey/small%3F{key}&POS=RANGE+0+360+-90+90");
            await File.WriteAllBytesAsync(folder.File(name), answer.Bytes);
        }

        await File.WriteAllBytesAsync(folder.File("sampled.fits"), (await server.Client.GetAsync(
            "/hips2fits?hips=small/point-flux&width=30&height=20&ra=251&dec=-45&fov=5&projection=ZEA")).Bytes);
        foreach (var name in new[] { "mosaic.fits", "maps.fits", "sampled.fits" })
        {
            var result = Tools.Run(verifier, [folder.File(name)]);
            Assert.Contains("found 0 warning(s) and 0 error(s)", result.Output, StringComparison.Ordinal);
        }
    }

    private static ToolResult Stilts(params string[] arguments) =>
        Tools.Run(Tools.Need("stilts", "apt-get install stilts"), arguments);

    private static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static List<Dictionary<string, string>> Rows(string file)
    {
        var lines = File.ReadAllLines(file).Select(line => line.Split(',')).ToArray();
        return [.. lines[1..].Select(row => lines[0].Zip(row).ToDictionary(cell => cell.First, cell => cell.Second))];
    }
}
