using System.Net;

namespace TsMapSurvey.Server.Tests.Vo;

/// <summary>Slices of nights as products: observations are of the nights 59000 and 59004, which begin at noon.</summary>
public sealed class VoSliceTests(SlicedServer server) : IClassFixture<SlicedServer>, IAsyncLifetime
{
    private const string Counts = "/vo/sia?TARGET=small&CALIB=3&BAND=4.2e-20";

    /// <summary>The times of a tile are known when one of its maps has been computed.</summary>
    public async ValueTask InitializeAsync() => Assert.Equal(
        HttpStatusCode.OK, (await server.Client.GetAsync("/api/surveys/small/mosaic/sqrt_ts.json?fresh=true&timeout=60")).Status);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Every_slice_with_data_is_a_product_with_its_nights()
    {
        var rows = VoRows.Of(await server.Client.GetAsync(Counts))
            .Where(row => row["obs_title"].StartsWith("counts", StringComparison.Ordinal)).ToDictionary(row => row["obs_id"]);

        Assert.Equal(["small/small/1d", "small/small/2d", "small/small/all"], rows.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((59004.5, 59005.5), (rows["small/small/1d"].Number("t_min"), rows["small/small/1d"].Number("t_max")));
        Assert.Equal((59003.5, 59005.5), (rows["small/small/2d"].Number("t_min"), rows["small/small/2d"].Number("t_max")));
        Assert.InRange(rows["small/small/all"].Number("t_min"), 59000.5, 59001.5);
        Assert.InRange(rows["small/small/all"].Number("t_max"), 59004.5, 59005.5);
        foreach (var (id, row) in rows)
        {
            var file = await server.Client.GetAsync(new Uri(row["access_url"]).PathAndQuery);
            Assert.Equal(HttpStatusCode.OK, file.Status);
            Assert.Equal(id.Split('/')[^1], file.Header("Tsmap-Slice"));
        }
    }

    [Theory]
    [InlineData("59001.6 59003.4", "all")]
    [InlineData("59003.6 59004.4", "2d all")]
    [InlineData("59004.6 +Inf", "1d 2d all")]
    [InlineData("59005.6 59006", "")]
    public async Task A_time_selects_the_slices_that_have_it(string time, string slices)
    {
        var rows = VoRows.Of(await server.Client.GetAsync($"{Counts}&TIME={Uri.EscapeDataString(time)}"));
        Assert.Equal(slices, string.Join(' ', rows.Select(row => row["obs_id"].Split('/')[^1]).Distinct().Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task A_slice_is_cut_like_the_whole()
    {
        const string Ask = "/vo/soda?ID=ivo://tsmapsurvey/small%3Fmosaic/point/counts/0/1d";
        var cut = await server.Client.GetAsync($"{Ask}&TIME=59005+59006");
        Assert.Equal((HttpStatusCode.OK, "1d"), (cut.Status, cut.Header("Tsmap-Slice")));
        Assert.Equal(HttpStatusCode.NoContent, (await server.Client.GetAsync($"{Ask}&TIME=59001+59002")).Status);
    }
}
