using CsCheck;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Hips.Tests;

public sealed class SampledTileTests
{
    private static readonly GridTiling Galactic =
        new(Skies.Grid(340, 0, 90, 50, 0.1, SkyFrame.Galactic, Projection.Car), 20);

    private static readonly HealpixCell Cell =
        HealpixCell.Containing(new SkyPosition(340, 0, SkyFrame.Galactic), HipsOrders.OfAllsky);

    private static readonly float[] Sampled =
        SampledTile.Sample(Cell, new OwnedImages(Galactic, Skies.Numbered(Galactic)), CancellationToken.None);

    [Fact]
    public void Every_pixel_is_the_nearest_pixel_of_the_survey() =>
        Gen.Select(Gen.Int[0, TilePixels.Width - 1], Gen.Int[0, TilePixels.Width - 1]).ForSeeded((x, y) =>
        {
            var centre = Cell.PositionAt((x + 0.5) / TilePixels.Width, (y + 0.5) / TilePixels.Width);
            var expected = Galactic.Grid.TryPixelOf(centre, out int column, out int row) ? 1000f * row + column : float.NaN;
            Assert.Equal(expected, Sampled[TilePixels.Offset(x, y)]);
        }, 3000);

    [Fact]
    public void Where_no_tile_has_an_image_there_is_no_value()
    {
        var images = Skies.Numbered(Galactic);
        var taken = Galactic.Owner(new SkyPosition(340.3, 0.2, SkyFrame.Galactic))!.Value.Tile;
        images.Remove(taken);
        var fewer = SampledTile.Sample(Cell, new OwnedImages(Galactic, images), TestContext.Current.CancellationToken);

        var hidden = Galactic.RegionOf(taken);
        for (var i = 0; i < fewer.Length; i++)
        {
            var isHidden = Sampled[i] is var value && hidden.Contains((int)value % 1000, (int)value / 1000);
            Assert.Equal(isHidden ? float.NaN : Sampled[i], fewer[i]);
        }
    }

    /// <summary>A mark like the letter F, so that no reflection and no turn looks like it.</summary>
    [Theory]
    [InlineData(10, 1.5)]
    [InlineData(205, -61)]
    [InlineData(123, 70)]
    public void An_asymmetric_mark_keeps_its_east_and_north(double lonDeg, double latDeg)
    {
        var grid = Skies.Grid(lonDeg, latDeg, 21, 21, 0.1);
        var image = new double[21 * 21];
        void Mark(int east, int north, double value) => image[(10 + north) * 21 + 10 - east] = value;
        Mark(0, 0, 1);
        Mark(0, 4, 2);
        Mark(-3, 4, 3);
        var tiling = new GridTiling(grid, 21);
        var cell = HealpixCell.Containing(new SkyPosition(lonDeg, latDeg, SkyFrame.Icrs), 3);
        var pixels = SampledTile.Sample(
            cell, new OwnedImages(tiling, new Dictionary<TileId, double[]> { [GridTiling.IdOf(0, 0)] = image }), CancellationToken.None);

        SkyPosition Found(float value)
        {
            var offset = Array.IndexOf(pixels, value);
            Assert.True(offset >= 0, $"the mark {value} is in another tile");
            // By the definition of the tile's pixels, not by what the library makes of it: row from the bottom, then column.
            var (row, column) = (offset / 512, offset % 512);
            return new HealpixCell(12, (cell.Index << 18) + ZOrder.Interleave((uint)(511 - row), (uint)column)).Centre;
        }

        Assert.InRange(Found(1).SeparationDeg(new SkyPosition(lonDeg, latDeg, SkyFrame.Icrs)), 0, 0.08);
        Assert.InRange(Found(1).PositionAngleDeg(Found(2)) is var north && north > 180 ? north - 360 : north, -15, 15);
        Assert.InRange(Found(2).PositionAngleDeg(Found(3)), 250, 290);
    }
}
