using TsMapSurvey.Sky;

namespace TsMapSurvey.Hips.Tests;

public sealed class HipsPyramidTests
{
    [Theory]
    [InlineData(1.0, 3)]
    [InlineData(0.02, 3)]
    [InlineData(0.0143, 4)]
    [InlineData(0.01, 4)]
    [InlineData(1e-12, HipsOrders.Deepest)]
    public void The_deepest_order_has_pixels_that_are_not_larger_than_the_maps(double pixelDeg, int order) =>
        Assert.Equal(order, HipsOrders.For(pixelDeg));

    [Theory]
    [InlineData(0.2, 0)]
    [InlineData(0.1, 1)]
    [InlineData(0.02, 3)]
    [InlineData(0.01, 4)]
    public void A_lower_order_resolves_a_map_of_large_pixels(double pixelDeg, int order) =>
        Assert.Equal(order, HipsOrders.Resolving(pixelDeg));

    [Fact]
    public void A_pixel_of_order_3_has_a_side_of_51_5_arc_seconds() =>
        Assert.Equal(51.5, HipsOrders.SideDeg(3 + TilePixels.Depth) * 3600, 0.05);

    [Fact]
    public void Folders_hold_ten_thousand_tiles() =>
        Assert.Equal((0L, 0L, 10000L, 120000L), (HipsOrders.FolderOf(0), HipsOrders.FolderOf(9999), HipsOrders.FolderOf(10000),
            HipsOrders.FolderOf(123456)));

    [Fact]
    public void A_tile_shows_the_tiles_of_the_survey_that_touch_its_cell_or_a_cell_in_it()
    {
        // Cells of order 7 = 3 + 4: the first two are in cells 5 and 6 of order 3, the third is in both.
        var pyramid = new HipsPyramid(
            3,
            [
                ([5 << 8], true), ([(6 << 8) + 255], true), ([(5 << 8) + 9, 6 << 8], true), ([700 << 8], true),
                ([(6 << 8) + 1, 8 << 8], false),
            ]);

        Assert.Equal([0, 2], pyramid.TilesIn(new HealpixCell(3, 5)));
        Assert.Equal([1, 2, 4], pyramid.TilesIn(new HealpixCell(3, 6)));
        Assert.Equal([0, 1, 2, 4], pyramid.TilesIn(new HealpixCell(2, 1)));
        // The tile without data alone makes no tile.
        Assert.Equal([4], pyramid.TilesIn(new HealpixCell(3, 8)));
        Assert.False(pyramid.Has(new HealpixCell(3, 8)));
        Assert.Equal([3], pyramid.TilesIn(new HealpixCell(0, 10)));
        Assert.Equal([5L, 6, 700], pyramid.Tiles(3).Select(cell => cell.Index));
        Assert.Equal([0L, 10], pyramid.Tiles(0).Select(cell => cell.Index));
        Assert.True(pyramid.Has(new HealpixCell(1, 0)));
        Assert.All(
            new HealpixCell[] { new(3, 7), new(4, 20), new(-1, 0), new(0, 12), new(3, -1), new(3, 768), new(40, 0), new(0, 1) },
            cell => Assert.False(pyramid.Has(cell)));
    }

    [Theory]
    [InlineData(340, 0, 0.1, Projection.Car)]
    [InlineData(20, 88, 0.1, Projection.Tan)]
    [InlineData(123, -41.8, 0.02, Projection.Tan)]
    public void Every_position_of_a_tile_is_in_one_of_its_cells(double lonDeg, double latDeg, double pixelDeg, Projection projection)
    {
        var tiling = new GridTiling(Skies.Grid(lonDeg, latDeg, 50, 40, pixelDeg, SkyFrame.Galactic, projection), 30);
        foreach (var tile in tiling.All())
        {
            var grid = tiling.GridOf(tile);
            foreach (var order in new[] { 3, 7, 9 })
            {
                var expected = new SortedSet<long>();
                for (var y = -0.49; y < grid.Height - 0.5; y += 0.19)
                    for (var x = -0.49; x < grid.Width - 0.5; x += 0.19)
                        if (grid.Wcs.TryPixelToSky(x, y, out var lon, out var lat))
                            expected.Add(HealpixCell.Containing(new SkyPosition(lon, lat, grid.Frame), order).Index);
                var cells = TileCells.Of(tiling, tile, order);

                Assert.Subset(cells.ToHashSet(), expected.ToHashSet());
                Assert.All(cells, index => Assert.True(Distance(new HealpixCell(order, index), grid) <= 1.5 * HipsOrders.SideDeg(order)
                    + grid.PixelScaleDeg * grid.Width, $"{order}/{index} is far from the tile"));
            }
        }
    }

    private static double Distance(HealpixCell cell, SkyGrid grid) => cell.Centre.SeparationDeg(grid.Centre);
}
