using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using TsMapSurvey.Fits;

namespace TsMapSurvey.Server.Tests;

/// <summary>Damages the blobs of an answer in every way and repeats the request.</summary>
[Trait("Pace", "slow")]
public sealed class DamagedAnswerTests(StackedServer server) : IClassFixture<StackedServer>
{
    private const string Survey = "/api/surveys/small";
    private readonly Client _client = server.Client;

    [Theory]
    [InlineData("/tiles/x001y001/maps/point.fits", "maps/x001y001/point", "*.fits")]
    [InlineData("/tiles/x001y001/point/sqrt_ts.json", "maps/x001y001/point", "*.fits")]
    [InlineData("/tiles/x001y001/point/flux.png", "maps/x001y001/point", "*.fits")]
    [InlineData("/tiles/x001y001/v/REVISION/point/ts.fits", "maps/x001y001/point", "*.fits")]
    [InlineData("/pixel/30,30", "maps/x001y001/point", "*.fits")]
    [InlineData("/pixel/31,30", "stacks/x001y001", "*.fits.gz")]
    [InlineData("/tiles/x001y001/dataset.fits.gz", "stacks/x001y001", "*.fits.gz")]
    [InlineData("/tiles/x001y001/point/counts.json", "stacks/x001y001", "*.fits.gz")]
    [InlineData("/mosaic/sqrt_ts.fits", "mosaics/point/sqrt_ts-0", "*.fits.gz")]
    [InlineData("/mosaic/sqrt_ts.json", "mosaics/point/sqrt_ts-0", "*.fits.gz")]
    [InlineData("/mosaic/exposure.png", "mosaics/point/exposure-0", "*.fits.gz")]
    [InlineData("/statistics?quantity=counts", "mosaics/stack/counts", "*.fits.gz")]
    [InlineData("/preview.png", "mosaics/point/sqrt_ts-0", "*.fits.gz")]
    public async Task Nothing_damaged_is_served_and_what_is_damaged_is_made_again_within_the_request(
        string path, string folder, string pattern)
    {
        var revision = (await _client.GetAsync($"{Survey}/tiles/x001y001")).Json.GetProperty("revision").GetInt64();
        var address = Survey + path.Replace("REVISION", revision.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        var before = await _client.GetAsync(address);
        Assert.Equal(HttpStatusCode.OK, before.Status);
        foreach (var kind in Damage.Kinds)
        {
            var files = Directory.GetFiles(Path.Combine(server.Store, "surveys", "small", folder), pattern);
            Assert.NotEmpty(files);
            foreach (var file in files) Damage.Do(file, kind);
            await server.ForgetAsync();
            var after = await _client.GetAsync(address);
            Assert.True(
                after.Status == HttpStatusCode.OK, $"{kind}: {(int)after.Status} {System.Text.Encoding.UTF8.GetString(after.Bytes)}");
            AssertSame(before, after, kind);
            foreach (var file in Directory.GetFiles(Path.Combine(server.Store, "surveys", "small", folder), pattern))
            {
                using var fits = FitsFile.Open(file);
                fits.EnsureIntact();
            }
        }
    }

    [Fact]
    public async Task An_answer_says_which_tiles_are_missing()
    {
        Assert.Equal(0, (await _client.GetAsync(Survey)).Json.GetProperty("missing").GetArrayLength());
        foreach (var path in new[] { "/mosaic/sqrt_ts.json", "/statistics" })
        {
            var answer = await _client.GetAsync(Survey + path);
            Assert.Equal((0, null), (answer.Json.GetProperty("missing").GetArrayLength(), answer.Header("Tsmap-Missing-Tiles")));
        }
    }

    private static void AssertSame(Answer before, Answer after, string kind)
    {
        if (before.ContentHeaders.ContentType?.MediaType != "application/json")
        {
            Assert.True(before.Bytes.AsSpan().SequenceEqual(after.Bytes), kind);
            return;
        }

        var (expected, found) = (JsonNode.Parse(before.Bytes)!.AsObject(), JsonNode.Parse(after.Bytes)!.AsObject());
        foreach (var json in new[] { expected, found }) json.Remove("computedAt");
        Assert.Equal(expected.ToJsonString(), found.ToJsonString());
    }
}
