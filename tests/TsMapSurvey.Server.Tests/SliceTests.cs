using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Gadf;

namespace TsMapSurvey.Server.Tests;

public sealed class SliceTests(SlicedServer server) : IClassFixture<SlicedServer>
{
    private const string Survey = "/api/surveys/small";
    private static readonly DateTimeOffset End = new(2020, 6, 5, 12, 0, 0, TimeSpan.Zero);
    private readonly Client _client = server.Client;

    [Theory]
    [InlineData("/mosaic/sqrt_ts.json")]
    [InlineData("/mosaic/counts.json")]
    [InlineData("/statistics")]
    [InlineData("/statistics?quantity=exposure")]
    [InlineData("/pixel/30,20")]
    [InlineData("/point/340,0?frame=galactic")]
    [InlineData("/tiles/x001y001/point/sqrt_ts.json")]
    [InlineData("/tiles/x001y001/point/counts.json")]
    [InlineData("/candidates.json?min_sqrt_ts=3")]
    public async Task Every_answer_says_its_slice_and_its_window(string path)
    {
        var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        var sliced = await FreshAsync($"{path}{separator}slice=2d");
        Assert.Equal(("2d", End.AddDays(-2), End),
            (sliced.Header("Tsmap-Slice"), Time(sliced, "Tsmap-Window-Start"), Time(sliced, "Tsmap-Window-End")));
        var all = await FreshAsync($"{path}{separator}slice=all");
        Assert.Equal(("all", null, null), (all.Header("Tsmap-Slice"), all.Header("Tsmap-Window-Start"), all.Header("Tsmap-Window-End")));
        Assert.NotEqual(sliced.ETag, all.ETag);
        if (Item(sliced) is { } found)
            Assert.Equal(("2d", End.AddDays(-2), End), (found.GetProperty("slice").GetString(), found.GetProperty("windowStart")
                .GetDateTimeOffset(), found.GetProperty("windowEnd").GetDateTimeOffset()));
        if (Item(all) is { } whole)
            Assert.Equal(("all", JsonValueKind.Null, JsonValueKind.Null), (whole.GetProperty("slice")
                .GetString(), whole.GetProperty("windowStart").ValueKind, whole.GetProperty("windowEnd").ValueKind));
        Assert.Equal(all.ETag, (await FreshAsync(path)).ETag);
    }

    [Fact]
    public async Task A_mosaic_of_a_slice_has_the_counts_of_its_nights()
    {
        Assert.Equal(server.Counts[2], await CountsAsync("1d"));
        Assert.Equal(server.Counts[2], await CountsAsync("2d"));
        Assert.Equal(server.Counts.Sum(), await CountsAsync("all"));
        Assert.True(server.Counts[2] > 0 && server.Counts[2] < server.Counts.Sum());

        async Task<double> CountsAsync(string slice)
        {
            var answer = await FreshAsync($"/mosaic/counts.fits?slice={slice}");
            using var file = FitsFile.Open(new MemoryStream(answer.Bytes), "counts");
            return MapReader.Read(file, file.Find("COUNTS")!).Data.Where(double.IsFinite).Sum();
        }
    }

    [Fact]
    public async Task A_tiles_maps_and_its_stack_come_by_slice_under_names_of_their_own()
    {
        var maps = await FreshAsync("/tiles/x001y001/maps/point.fits?slice=1d");
        Assert.Matches("small-x001y001-point-1d-59004-r[0-9]+.fits", maps.ContentHeaders.ContentDisposition!.FileName);
        var stack = await FreshAsync("/tiles/x001y001/dataset.fits.gz?slice=1d");
        Assert.Matches("small-x001y001-1d-59004-r[0-9]+.fits.gz", stack.ContentHeaders.ContentDisposition!.FileName);
        using var plain = new MemoryStream();
        await using (var gzip = new GZipStream(new MemoryStream(stack.Bytes), CompressionMode.Decompress)) await gzip.CopyToAsync(plain);
        plain.Position = 0;
        using var file = FitsFile.Open(plain, "stack");
        var start = Assert.Single(MapDatasetFile.Read(file).Gti!.Intervals).StartS;
        Assert.Equal(59004, new Surveys.NightCalendar(12).NightOf(start));
    }

    [Theory]
    [InlineData("/tiles/x001y001/point/counts.png")]
    [InlineData("/mosaic/counts.png")]
    [InlineData("/tiles/x001y001/point/sqrt_ts.png")]
    public async Task A_slice_has_a_content_of_its_own(string path) =>
        Assert.NotEqual((await FreshAsync($"{path}?slice=all")).Bytes, (await FreshAsync($"{path}?slice=1d")).Bytes);

    [Fact]
    public async Task A_table_of_candidates_says_its_nights()
    {
        var table = Encoding.UTF8.GetString((await FreshAsync("/candidates.ecsv?min_sqrt_ts=3&slice=1d")).Bytes);
        foreach (var text in new[] { "SLICE", "1d", "2020-06-04T12:00:00", "2020-06-05T12:00:00" })
            Assert.Contains(text, table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slice_that_is_not_there_is_named_with_those_that_are()
    {
        foreach (var path in new[] { "/mosaic/sqrt_ts.json", "/candidates", "/pixel/3,3", "/tiles/x001y001/dataset.fits.gz",
            "/tiles/x001y001/maps/point.fits", "/statistics" })
        {
            var answer = await _client.GetAsync($"{Survey}{path}?slice=7d");
            Assert.Equal(HttpStatusCode.NotFound, answer.Status);
            Assert.Contains("expected one of all, 2d, 1d", answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }

        Assert.Equal(["all", "2d", "1d"], (await _client.GetAsync(Survey + "/info")).Json.GetProperty("slices").EnumerateArray()
            .Select(slice => slice.GetString()));
    }

    /// <summary>The first item of a list; null if it is empty.</summary>
    private static JsonElement? Item(Answer answer) =>
        answer.Json.ValueKind != JsonValueKind.Array ? answer.Json : answer.Json.GetArrayLength() > 0 ? answer.Json[0] : null;

    private static DateTimeOffset Time(Answer answer, string header) =>
        DateTimeOffset.Parse(answer.Header(header)!, CultureInfo.InvariantCulture);

    private async Task<Answer> FreshAsync(string path)
    {
        var isFresh = !Regex.IsMatch(path, "/statistics|/dataset")
            ? $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}fresh=true" : path;
        return await _client.UntilAsync(Survey + isFresh, answer => answer.Status == HttpStatusCode.OK);
    }
}
