using TsMapSurvey.Sky;

namespace TsMapSurvey.Hips.Tests;

/// <summary>HiPS tiles of surveys whose tiles are HEALPix cells.</summary>
public sealed class CellTileTests
{
    /// <summary>Each pixel has a value that says its tile and place.</summary>
    private static double[] Numbered(HealpixTiling tiling, TileId tile) =>
        [.. Enumerable.Range(0, (int)tiling.GridOf(tile).Region.Area).Select(i => tiling.CellOf(tile).Index * 10_000.0 + i)];

    [Theory]
    [InlineData(2, 137)]
    [InlineData(3, 0)]
    [InlineData(3, 63)]
    [InlineData(4, 700)]
    [InlineData(5, 300)]
    public void Every_pixel_is_that_of_the_tile_that_owns_its_centre(int order, int index)
    {
        var tiling = new HealpixTiling(order, HealpixTiling.SideDeg(order) / 20);
        // A HiPS tile of order 3: a part of a tile, a whole one, 4 or 16 of them.
        var cell = new HealpixCell(3, index % HealpixCell.Count(3));
        var tiles = tiling.All().Where(tile => TileCells.Of(tiling, tile, 3).Contains(cell.Index)).ToArray();
        Assert.Equal(1 << (2 * Math.Max(0, order - 3)), tiles.Length);
        var images = new OwnedImages(tiling, tiles.ToDictionary(tile => tile, tile => Numbered(tiling, tile)));
        var pixels = SampledTile.Sample(cell, images, TestContext.Current.CancellationToken);
        for (var i = 0; i < 3000; i++)
        {
            var (x, y) = (i * 31 % TilePixels.Width, i * 17 / 5 % TilePixels.Width);
            var centre = cell.PositionAt((x + 0.5) / TilePixels.Width, (y + 0.5) / TilePixels.Width);
            var (tile, column, row) = tiling.Owner(centre)!.Value;
            var expected = (float)(tiling.CellOf(tile).Index * 10_000.0 + row * tiling.GridOf(tile).Width + column);
            Assert.Equal(expected, pixels[TilePixels.Offset(x, y)]);
            Assert.Equal(expected, (float)images.At(centre));
            Assert.True(tiling.Owned(tile, 0).Shows(column, row));
        }
    }

    [Fact]
    public void A_base_cell_has_each_cell_of_the_Allsky_image_where_it_belongs()
    {
        // Pixels of 0.45 degrees, and a base cell with pixels of 0.11: both images show the same pixels but at their edges.
        var tiling = new HealpixTiling(3, 0.45);
        var images = new OwnedImages(
            tiling, tiling.All().Where(tile => tiling.CellOf(tile).Index >> 6 == 7).ToDictionary(tile => tile, tile =>
                Numbered(tiling, tile)));
        var whole = SampledTile.Sample(new HealpixCell(0, 7), images, TestContext.Current.CancellationToken);
        for (var number = 0; number < 64; number += 9)
        {
            var cell = new HealpixCell(3, (7 << 6) + number);
            var cut = AllskyImage.Cut(whole, cell);
            for (var x = 0; x < AllskyImage.CellWidth; x += 7)
                for (var y = 0; y < AllskyImage.CellWidth; y += 7)
                {
                    var centre = cell.PositionAt((x + 0.5) / AllskyImage.CellWidth, (y + 0.5) / AllskyImage.CellWidth);
                    Assert.Equal((float)images.At(centre), cut[(AllskyImage.CellWidth - 1 - x) * AllskyImage.CellWidth + y]);
                }
        }
    }

    [Fact]
    public void A_tile_without_an_image_is_a_hole_with_the_shape_of_its_cell()
    {
        var (tiling, cell) = (new HealpixTiling(4, 0.2), new HealpixCell(3, 100));
        var tiles = Enumerable.Range(0, 4).Select(child => tiling.TileOf(cell.Child(child))).ToArray();
        var images = new OwnedImages(tiling, tiles.Skip(1).ToDictionary(tile => tile, tile => Numbered(tiling, tile)));
        var pixels = SampledTile.Sample(cell, images, TestContext.Current.CancellationToken);
        for (var x = 0; x < TilePixels.Width; x += 5)
            for (var y = 0; y < TilePixels.Width; y += 5)
                Assert.Equal(x < 256 && y < 256, float.IsNaN(pixels[TilePixels.Offset(x, y)]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    public void The_cells_of_all_tiles_are_those_of_the_sphere(int order)
    {
        var tiling = new HealpixTiling(3, 0.3);
        var cells = tiling.All().SelectMany(tile => TileCells.Of(tiling, tile, order)).ToArray();
        Assert.Equal(HealpixCell.Count(order), cells.Distinct().Count());
        Assert.Equal(Math.Max(768, HealpixCell.Count(order)), cells.Length);
        var tile = tiling.TileOf(new HealpixCell(3, 500));
        Assert.All(
            TileCells.Of(tiling, tile, order),
            index => Assert.Equal(500 >> Math.Max(0, 2 * (3 - order)), index >> Math.Max(0, 2 * (order - 3))));
    }
}
