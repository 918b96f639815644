using TsMapSurvey.Server.Tests.Tilings;

namespace TsMapSurvey.Server.Tests.Vo.Hips;

/// <summary>The HiPS of a survey whose tiles are not rectangles of one image.</summary>
[Trait("Pace", "slow")]
public sealed class HipsOfCellsTests(CellServer server) : IClassFixture<CellServer>
{
    [Fact]
    public async Task Another_tiling_of_the_same_pixels_makes_the_same_HiPS()
    {
        var reader = new HipsReader(server.Client);
        var compared = 0;
        foreach (var cell in await reader.TilesAsync("point-counts", 3))
        {
            var path = HipsReader.Path(cell);
            var small = await reader.PixelsAsync($"/hips/small/point-counts/{path}");
            var cells = await reader.PixelsAsync($"/hips/cells/point-counts/{path}");
            for (var i = 0; i < small.Length; i++)
            {
                if (float.IsNaN(small[i]) || float.IsNaN(cells[i])) continue;
                Assert.Equal(small[i], cells[i]);
                compared++;
            }
        }

        Assert.True(compared > 50_000, $"{compared} pixels were compared");
    }
}
