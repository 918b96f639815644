using TsMapSurvey.Fits;
using TsMapSurvey.Server.Tests.Tilings;

namespace TsMapSurvey.Server.Tests.Vo;

/// <summary>A survey whose tiles are no rectangles and have no common image, beside one with the same pixels in a grid.</summary>
[Trait("Pace", "slow")]
public sealed class VoCellTests(CellServer server) : IClassFixture<CellServer>
{
    [Fact]
    public async Task An_image_is_the_same_whatever_the_tiles_are()
    {
        const string Rest = "/point-counts&width=61&height=47&ra=251.2&dec=-44.9&fov=5&projection=TAN&rotation_angle=20";
        var (grid, cells) = (await SampleAsync("small" + Rest), await SampleAsync("cells" + Rest));

        Assert.True(grid.Count(double.IsFinite) > 500 && grid.Where(double.IsFinite).Sum() > 0);
        Assert.Equal(grid, cells);
    }

    [Fact]
    public async Task Its_products_are_the_tiles_that_own_a_pixel_of_the_region()
    {
        var all = VoRows.Of(await server.Client.GetAsync("/vo/sia?COLLECTION=cells&DPTYPE=image&CALIB=3&MAXREC=10000"));
        Assert.NotEmpty(all);
        Assert.DoesNotContain(all, row => row["obs_publisher_did"].Contains("mosaic", StringComparison.Ordinal));
        var tile = all[all.Count / 2];
        var owner = (await server.Client.GetAsync($"/api/surveys/cells/point/{tile["s_ra"]},{tile["s_dec"]}")).Json;

        var there = VoRows.Of(await server.Client.GetAsync(
            $"/vo/sia?COLLECTION=cells&DPTYPE=image&CALIB=3&POS=CIRCLE+{tile["s_ra"]}+{tile["s_dec"]}+0"));

        Assert.Equal([owner.GetProperty("tile").GetString()], there.Select(row => row["target_name"]).Distinct());
    }

    private async Task<double[]> SampleAsync(string query)
    {
        var answer = await server.Client.GetAsync($"/hips2fits?hips={query}");
        Assert.True(answer.Status == System.Net.HttpStatusCode.OK, System.Text.Encoding.UTF8.GetString(answer.Bytes));
        using var file = FitsFile.Open(new MemoryStream(answer.Bytes), query);
        return ((FitsImage)file.Hdus[0]).ReadDoubles();
    }
}
