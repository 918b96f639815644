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

    [Theory]
    [InlineData("")]
    [InlineData(".json")]
    public async Task Candidates_come_in_pages_that_are_together_the_whole_list(string ending)
    {
        const string Asked = "min_sqrt_ts=3&min_separation=0.1&map=bands";
        var all = (await server.Client.GetAsync($"/api/surveys/small/candidates{ending}?{Asked}")).Json.EnumerateArray()
            .Select(one => one.GetRawText()).ToArray();
        var paged = new List<string>();
        for (var path = $"/api/surveys/small/candidates{ending}?{Asked}&limit=1"; path is not null;)
        {
            var page = await server.Client.GetAsync(path);
            paged.Add(Assert.Single(page.Json.EnumerateArray()).GetRawText());
            path = page.Header("Link")?.Split('<', '>')[1];
        }

        Assert.True(all.Length > 1);
        Assert.Equal(all, paged);
    }

    [Fact]
    public async Task Plain_values_are_those_of_the_list_and_their_pages_name_the_next_too()
    {
        var list = (await server.Client.GetAsync("/api/surveys/small/candidates.json?min_sqrt_ts=3&map=bands&limit=1")).Json;
        var answer = await server.Client.GetAsync("/api/surveys/small/candidates.csv?min_sqrt_ts=3&map=bands&limit=1");

        var lines = System.Text.Encoding.UTF8.GetString(answer.Bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        var row = lines[0].Split(',').Zip(lines[1].Split(',')).ToDictionary(cell => cell.First, cell => cell.Second);
        Assert.Equal(list[0].GetProperty("ra").GetDouble(), Number(row["ra"]));
        Assert.Equal(list[0].GetProperty("sqrtTs").GetDouble(), Number(row["sqrt_ts"]));
        Assert.Equal(list[0].GetProperty("tile").GetString(), row["tile"]);
        Assert.StartsWith("</api/surveys/small/candidates.csv?map=bands", answer.Header("Link"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("limit=0", "limit: found '0', expected a whole number from 1 to 500")]
    [InlineData("limit=501", "limit: found '501', expected a whole number from 1 to 500")]
    [InlineData("after=x001y001", "after: found 'x001y001', expected the value in the header Link of the previous page")]
    [InlineData("after=NaN_x001y001_3", "after: found 'NaN_x001y001_3', expected the value in the header Link of the previous page")]
    public async Task A_page_that_cannot_be_is_refused(string query, string problem)
    {
        var answer = await server.Client.GetAsync($"/api/surveys/small/candidates?{query}");

        Assert.Equal(System.Net.HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(problem, answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
