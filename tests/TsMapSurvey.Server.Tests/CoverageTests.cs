using System.Globalization;
using System.Net;
using System.Text;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Coverage;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Server.Tests;

public sealed class CoverageTests(StackedServer server) : IClassFixture<StackedServer>
{
    private const string Survey = "/api/surveys/small";
    private readonly Client _client = server.Client;

    [Fact]
    public async Task It_contains_the_positions_whose_pixels_have_exposure_and_no_other()
    {
        var exposed = await ExposedPixels.ReadAsync(_client);
        var moc = await SpaceAsync("coverage.moc");
        var (random, inside, outside) = (new Random(11), 0, 0);
        for (var i = 0; i < 10_000; i++)
        {
            var position = new SkyPosition(336 + 8 * random.NextDouble(), -3 + 6 * random.NextDouble(), SkyFrame.Galactic);
            // A cell belongs to the pixel that contains its centre: at the border of the data either answer is right.
            if (exposed.Around(position) is not { } expected) continue;
            Assert.True(moc.Contains(position) == expected, $"{position}: expected {expected}");
            if (expected) inside++;
            else outside++;
        }

        Assert.True(inside > 1000 && outside > 1000, $"{inside} positions with exposure, {outside} without");
    }

    [Fact]
    public async Task Text_json_and_fits_are_the_same_region_and_the_same_times()
    {
        var moc = await SpaceAsync("coverage.moc");
        Assert.Equal(10, moc.Order);
        Assert.Equal(moc, MocJson.Parse((await OkAsync("coverage.json", "application/json")).Bytes));
        Assert.Equal(moc, MocFile.Read(await FitsAsync("coverage.fits")));
        var text = Encoding.ASCII.GetString((await OkAsync("coverage.stmoc", "text/plain")).Bytes);
        Assert.Equal(text, MocAscii.Format(MocJson.ParseSpaceTime((await OkAsync("coverage.stmoc.json", "application/json")).Bytes)));
        Assert.Equal(text, MocAscii.Format(MocFile.ReadSpaceTime(await FitsAsync("coverage.stmoc.fits"))));
    }

    [Fact]
    public async Task The_regions_of_all_times_are_the_whole_coverage()
    {
        var times = MocAscii.ParseSpaceTime(Encoding.ASCII.GetString((await OkAsync("coverage.stmoc", "text/plain")).Bytes));

        Assert.Equal(await SpaceAsync("coverage.moc"), times.Space());
        Assert.True(times.Parts.Length >= 4, $"{times.Parts.Length} parts of four observations");
    }

    [Fact]
    public async Task A_coarser_order_contains_the_region()
    {
        var moc = await SpaceAsync("coverage.moc");
        var coarse = await SpaceAsync("coverage.moc?order=6");

        Assert.Equal(moc.Degrade(6), coarse);
        Assert.Equal(coarse, MocFile.Read(await FitsAsync("coverage.fits?order=6")));
    }

    [Theory]
    [InlineData("coverage.moc")]
    [InlineData("coverage.fits?order=7")]
    [InlineData("coverage.stmoc.json")]
    public async Task It_is_sent_again_only_if_it_has_changed(string path)
    {
        var answer = await _client.GetAsync($"{Survey}/{path}");
        Assert.Equal("no-cache", answer.Headers.CacheControl?.ToString());
        Assert.Equal("all", answer.Header("Tsmap-Slice"));
        Assert.True(int.Parse(answer.Header("Tsmap-Revision")!, CultureInfo.InvariantCulture) >= 6);
        var again = await _client.GetAsync($"{Survey}/{path}", answer.ETag);
        Assert.Equal((HttpStatusCode.NotModified, 0), (again.Status, again.Bytes.Length));
        Assert.NotEqual(answer.ETag, (await _client.GetAsync($"{Survey}/coverage.json?order=5")).ETag);
    }

    [Theory]
    [InlineData("coverage.moc?order=30", HttpStatusCode.BadRequest, "order: found '30'")]
    [InlineData("coverage.moc?slice=7d", HttpStatusCode.NotFound, "7d")]
    [InlineData("coverage.stmoc?order=3", HttpStatusCode.BadRequest, "unknown parameter")]
    [InlineData("../none/coverage.moc", HttpStatusCode.NotFound, "none")]
    public async Task A_wrong_request_is_refused(string path, HttpStatusCode status, string message)
    {
        var address = path.StartsWith("..", StringComparison.Ordinal) ? $"/api/surveys/{path[3..]}" : $"{Survey}/{path}";
        var answer = await _client.GetAsync(address);
        Assert.Equal(status, answer.Status);
        Assert.Contains(message, answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damaged_and_missing_blobs_are_made_again()
    {
        var before = await SpaceAsync("coverage.moc");
        var times = (await OkAsync("coverage.stmoc", "text/plain")).Bytes;
        var blobs = Directory.GetFiles(server.Store, "*", SearchOption.AllDirectories)
            .Where(file => file.Contains("/coverage", StringComparison.Ordinal) && file.EndsWith(".fits", StringComparison.Ordinal))
            .ToArray();
        Assert.Equal(6, blobs.Count(file => file.EndsWith(".moc.fits", StringComparison.Ordinal)));
        foreach (var (blob, i) in blobs.Select((blob, i) => (blob, i)))
        {
            if (i % 2 == 0) await File.WriteAllTextAsync(blob, "damaged");
            else File.Delete(blob);
        }

        await server.ForgetAsync();
        Assert.Equal(before, await SpaceAsync("coverage.moc"));
        Assert.Equal(times, (await OkAsync("coverage.stmoc", "text/plain")).Bytes);
    }

    [Fact]
    public async Task Aladins_validator_finds_no_error()
    {
        var java = Tools.Need("java", "apt-get install default-jre-headless");
        var aladin = Tools.Need("/usr/share/java/aladin.jar", "apt-get install aladin");
        using var folder = new TemporaryFolder();
        foreach (var path in new[] { "coverage.moc", "coverage.fits", "coverage.stmoc.fits" })
        {
            await File.WriteAllBytesAsync(folder.File(path), (await _client.GetAsync($"{Survey}/{path}")).Bytes);
            var result = Tools.Run(java, ["-cp", aladin, "cds.moc.misc.MocLint", folder.File(path)]);
            Assert.True(
                result.ExitCode == 0 && result.Output.Contains("STATUS", StringComparison.Ordinal)
                    && !result.Output.Contains("ERROR", StringComparison.Ordinal)
                    && !result.Output.Contains("WARNING", StringComparison.Ordinal), $"{path}: {result.Output}{result.Error}");
        }
    }

    private async Task<Moc> SpaceAsync(string path) =>
        MocAscii.Parse(Encoding.ASCII.GetString((await OkAsync(path, "text/plain")).Bytes));

    private async Task<FitsFile> FitsAsync(string path) =>
        FitsFile.Open(new MemoryStream((await OkAsync(path, "application/fits")).Bytes), path);

    private async Task<Answer> OkAsync(string path, string type)
    {
        var answer = await _client.GetAsync($"{Survey}/{path}");
        Assert.True(answer.Status == HttpStatusCode.OK, $"{path}: {answer.Status} {Encoding.UTF8.GetString(answer.Bytes)}");
        Assert.Equal(type, answer.ContentHeaders.ContentType?.MediaType);
        return answer;
    }
}
