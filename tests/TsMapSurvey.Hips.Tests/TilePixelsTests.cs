using TsMapSurvey.Sky;

namespace TsMapSurvey.Hips.Tests;

public sealed class TilePixelsTests
{
    private const int Last = TilePixels.Width - 1;

    [Fact]
    public void The_southern_corner_is_at_the_top_left_as_displayed_and_the_northern_one_at_the_bottom_right()
    {
        // Rows of a FITS image count from the bottom.
        Assert.Equal(Last * TilePixels.Width, TilePixels.Offset(0, 0));
        Assert.Equal(Last, TilePixels.Offset(Last, Last));
        // x, of the even bits, grows downwards; y, of the odd bits, to the right.
        Assert.Equal(0, TilePixels.Offset(Last, 0));
        Assert.Equal(TilePixels.Count - 1, TilePixels.Offset(0, Last));
    }

    [Fact]
    public void Every_pixel_is_the_cell_that_its_place_says()
    {
        var tile = new HealpixCell(3, 450);
        var images = new OwnedImages(new OneTile(450), new Dictionary<TileId, double[]> { [OneTile.Id] = [7] });
        var seen = new HashSet<int>();
        for (long pixel = 0; pixel < TilePixels.Count; pixel += 4099)
        {
            var (x, y) = ZOrder.Split(pixel);
            var cell = new HealpixCell(12, (450L << 18) + pixel);
            var offset = TilePixels.Offset((int)x, (int)y);
            Assert.True(seen.Add(offset));
            var centre = tile.PositionAt((x + 0.5) / TilePixels.Width, (y + 0.5) / TilePixels.Width);
            Assert.Equal(cell, HealpixCell.Containing(centre, 12));
        }

        Assert.Equal(7, SampledTile.Sample(tile, images, TestContext.Current.CancellationToken)[0]);
    }
}
