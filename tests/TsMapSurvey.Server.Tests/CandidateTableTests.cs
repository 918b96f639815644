namespace TsMapSurvey.Server.Tests;

public sealed class CandidateTableTests(StackedServer server) : IClassFixture<StackedServer>
{
    [Fact]
    public async Task Astropy_opens_the_tables_and_they_hold_what_the_list_holds()
    {
        var python = Tools.NeedAstropy();
        using var folder = new TemporaryFolder();
        var list = (await server.Client.GetAsync("/api/surveys/small/candidates.json?min_sqrt_ts=3")).Json;
        foreach (var ending in new[] { "ecsv", "vot" })
        {
            var answer = await server.Client.GetAsync($"/api/surveys/small/candidates.{ending}?min_sqrt_ts=3");
            Assert.Equal($"attachment; filename=\"candidates-point.{ending}\"", answer.ContentHeaders.ContentDisposition?.ToString());
            Assert.NotNull(answer.Header("Tsmap-Revision"));
            File.WriteAllBytes(folder.File($"c.{ending}"), answer.Bytes);
        }

        var result = Tools.Run(python, ["-c", $"""
            from astropy.table import Table
            from astropy.io import votable
            ecsv = Table.read("{folder.File("c.ecsv")}", format="ascii.ecsv")
            vot = votable.parse("{folder.File("c.vot")}", verify="exception").get_first_table().to_table()
            assert ecsv.colnames == vot.colnames
            for a, b in zip(ecsv, vot):
                assert a["ra"] == b["ra"] and a["tile"] == b["tile"] and a["tile_revision"] == b["tile_revision"]
                print(repr(float(a["ra"])), repr(float(a["pos_err"])))
            """]);
        Assert.True(result.ExitCode == 0, result.Error);
        var rows = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.NotEmpty(rows);
        Assert.Equal(list.GetArrayLength(), rows.Length);
        var (ra, error) = rows[0].Split(' ') is [var first, var second] ? (Number(first), Number(second)) : default;
        Assert.Equal(list[0].GetProperty("ra").GetDouble(), ra);
        Assert.Equal(list[0].GetProperty("posErr").GetDouble(), error);
        Assert.InRange(error, 1e-4, 1);
    }

    private static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
