namespace TsMapSurvey.Sky.Tests;

public sealed class GridTilingTests
{
    // Width, height, CRPIX1, tile size; pixels of 1 degree (a turn is 360 of them) or of 7 (a turn is no whole number).
    public static TheoryData<int, int, double, int, double> Surveys => new()
    {
        { 360, 40, 180.5, 16, 1 },
        { 360, 20, 0.5, 128, 1 },
        { 360, 21, 2000.5, 50, 1 },
        { 350, 20, 10.5, 40, 1 },
        { 90, 33, -100.5, 16, 1 },
        { 7, 5, 3.5, 1, 1 },
        { 45, 20, 20.5, 8, 7 },
    };

    [Theory]
    [MemberData(nameof(Surveys))]
    public void Every_survey_pixel_is_owned_exactly_once(int width, int height, double crpix1, int side, double step)
    {
        var tiling = Tiling(width, height, crpix1, side, step);
        var owner = new TileId?[width, height];
        foreach (var tile in tiling.All())
        {
            var owned = tiling.Owned(tile);
            Assert.True(tiling.Grid.Region.Contains(owned) && owned.Area > 0);
            for (var y = owned.Y; y < owned.Bottom; y++)
                for (var x = owned.X; x < owned.Right; x++)
                {
                    Assert.Null(owner[x, y]);
                    owner[x, y] = tile;
                }
        }

        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                Assert.NotNull(owner[x, y]);
                if (tiling.Grid.PixelCentre(x, y) is { } centre) Assert.Equal(owner[x, y], tiling.Owner(centre));
            }
    }

    [Theory]
    [MemberData(nameof(Surveys))]
    public void Tile_grids_show_the_sky_of_their_survey_pixels(int width, int height, double crpix1, int side, double step)
    {
        var tiling = Tiling(width, height, crpix1, side, step);
        foreach (var tile in tiling.All())
        {
            var (owned, grid, halo) = (tiling.Owned(tile), tiling.GridOf(tile), tiling.GridWithHalo(tile, 3));
            Assert.Equal((owned.Width, owned.Height), (grid.Width, grid.Height));
            Assert.Equal((owned.Width + 6, owned.Height + 6), (halo.Width, halo.Height));
            foreach (var (x, y) in ((int, int)[])[(0, 0), (grid.Width - 1, grid.Height - 1)])
            {
                AssertSame(tiling.Grid.PixelCentre(owned.X + x, owned.Y + y), grid.PixelCentre(x, y));
                AssertSame(grid.PixelCentre(x, y), halo.PixelCentre(x + 3, y + 3));
            }
        }
    }

    [Fact]
    public void A_border_between_tiles_belongs_to_the_higher_one()
    {
        var tiling = new GridTiling(new SkyGrid(Wcs.Create(SkyFrame.Galactic, Projection.Car, new(0, 0, SkyFrame.Galactic), 5, 3, 1, 1), 8, 6), 4);
        TileId? Owner(double x, double y) => tiling.Owner(new SkyPosition(x - 4, y - 2, SkyFrame.Galactic));
        Assert.Equal(new TileId(0, 0), Owner(3.4375, 3.4375));
        Assert.Equal(new TileId(1, 0), Owner(3.5, 3.4375));
        Assert.Equal(new TileId(0, 1), Owner(3.4375, 3.5));
        Assert.Equal(new TileId(1, 1), Owner(3.5, 3.5));
        Assert.Null(Owner(7.5, 0));
        Assert.Null(Owner(0, 5.5));
    }

    [Fact]
    public void Positions_outside_the_survey_have_no_owner()
    {
        var tiling = Tiling(90, 33, 45.5, 16, 1);
        Assert.Equal(new TileId(2, 1), tiling.Owner(new SkyPosition(0, 0.2, SkyFrame.Galactic)));
        Assert.Null(tiling.Owner(new SkyPosition(46, 0, SkyFrame.Galactic)));
        Assert.Null(tiling.Owner(new SkyPosition(180, 0, SkyFrame.Galactic)));
        Assert.Null(tiling.Owner(new SkyPosition(0, 20, SkyFrame.Galactic)));
        Assert.Null(tiling.Owner(new SkyPosition(0, double.NaN, SkyFrame.Galactic)));
        var crab = new SkyPosition(184.5575, -5.7844, SkyFrame.Galactic);
        Assert.Equal(Tiling(360, 40, 180.5, 16, 1).Owner(crab), Tiling(360, 40, 180.5, 16, 1).Owner(crab.To(SkyFrame.Icrs)));
    }

    [Fact]
    public void Only_a_grid_round_the_whole_sky_is_a_full_turn()
    {
        Assert.True(Tiling(360, 40, 180.5, 16, 1).IsFullTurn);
        Assert.True(Tiling(360, 40, 0.5, 16, 1).IsFullTurn);
        Assert.False(Tiling(359, 40, 180.5, 16, 1).IsFullTurn);
        Assert.False(Tiling(51, 20, 20.5, 8, 7).IsFullTurn);
    }

    [Fact]
    public void What_is_no_tiling_is_refused()
    {
        Assert.Contains("found an image of 361 pixels", Refusal(() => Tiling(361, 40, 180.5, 16, 1)), StringComparison.Ordinal);
        Assert.Contains("found tiles of 0 pixels", Refusal(() => Tiling(360, 40, 180.5, 0, 1)), StringComparison.Ordinal);
        var tiling = Tiling(360, 40, 180.5, 16, 1);
        Assert.Contains("found tile x023y000", Refusal(() => tiling.Owned(new TileId(23, 0))), StringComparison.Ordinal);
        Assert.Contains("expected one of 23 columns and 3 rows", Refusal(() => tiling.GridOf(new TileId(0, 3))), StringComparison.Ordinal);
        Assert.Contains("halo of -1", Refusal(() => tiling.GridWithHalo(new TileId(0, 0), -1)), StringComparison.Ordinal);
        Assert.Contains("not share their pixels", Refusal(() => tiling.Touching(SkyGridTests.Galactic(9, 9, 5, 5, 0.9), 1).Count()), StringComparison.Ordinal);
        Assert.Contains("GLON-CAR", Refusal(() => tiling.Overlaps(SkyGridTests.Galactic(9, 9, 5.25, 5.5, 1), new TileId(0, 0), 1).Count()), StringComparison.Ordinal);
        Assert.Contains("361 pixels", Refusal(() => tiling.Touching(SkyGridTests.Galactic(361, 9, 5.5, 5.5, 1), 1).Count()), StringComparison.Ordinal);
    }

    internal static GridTiling Tiling(int width, int height, double crpix1, int side, double step) =>
        new(SkyGridTests.Galactic(width, height, crpix1, height / 2 + 0.5, step), side);

    private static string Refusal(Func<object> action) => Assert.Throws<SkyException>(action).Message;

    private static void AssertSame(SkyPosition? expected, SkyPosition? actual)
    {
        Assert.Equal(expected.HasValue, actual.HasValue);
        if (expected is { } one && actual is { } other) Assert.Equal(0, one.SeparationDeg(other), 1e-10);
    }
}
