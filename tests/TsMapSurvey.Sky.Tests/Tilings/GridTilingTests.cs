namespace TsMapSurvey.Sky.Tests;

public sealed class GridTilingTests
{
    // Width, height, CRPIX1, tile size; pixels of 1 degree (360 degrees are 360 pixels) or of 7 (not a whole number of pixels).
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
            var owned = tiling.RegionOf(tile);
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
                if (tiling.Grid.PixelCentre(x, y) is { } centre) Assert.Equal((owner[x, y], x, y), Place(tiling, centre));
            }
    }

    [Theory]
    [MemberData(nameof(Surveys))]
    public void Tile_grids_show_the_sky_of_their_survey_pixels(int width, int height, double crpix1, int side, double step)
    {
        var tiling = Tiling(width, height, crpix1, side, step);
        foreach (var tile in tiling.All())
        {
            var (owned, grid, halo) = (tiling.RegionOf(tile), tiling.GridOf(tile), tiling.GridWithHalo(tile, 3));
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
        var tiling =
            new GridTiling(new SkyGrid(Wcs.Create(SkyFrame.Galactic, Projection.Car, new(0, 0, SkyFrame.Galactic), 5, 3, 1, 1), 8, 6), 4);
        TileId? Owner(double x, double y) => tiling.Owner(new SkyPosition(x - 4, y - 2, SkyFrame.Galactic))?.Tile;
        Assert.Equal(GridTiling.IdOf(0, 0), Owner(3.4375, 3.4375));
        Assert.Equal(GridTiling.IdOf(1, 0), Owner(3.5, 3.4375));
        Assert.Equal(GridTiling.IdOf(0, 1), Owner(3.4375, 3.5));
        Assert.Equal(GridTiling.IdOf(1, 1), Owner(3.5, 3.5));
        Assert.Null(Owner(7.5, 0));
        Assert.Null(Owner(0, 5.5));
    }

    [Fact]
    public void Positions_outside_the_survey_have_no_owner()
    {
        var tiling = Tiling(90, 33, 45.5, 16, 1);
        Assert.Equal(GridTiling.IdOf(2, 1), tiling.Owner(new SkyPosition(0, 0.2, SkyFrame.Galactic))?.Tile);
        Assert.Null(tiling.Owner(new SkyPosition(46, 0, SkyFrame.Galactic)));
        Assert.Null(tiling.Owner(new SkyPosition(180, 0, SkyFrame.Galactic)));
        Assert.Null(tiling.Owner(new SkyPosition(0, 20, SkyFrame.Galactic)));
        Assert.Null(tiling.Owner(new SkyPosition(0, double.NaN, SkyFrame.Galactic)));
        var crab = new SkyPosition(184.5575, -5.7844, SkyFrame.Galactic);
        Assert.Equal(Tiling(360, 40, 180.5, 16, 1).Owner(crab), Tiling(360, 40, 180.5, 16, 1).Owner(crab.To(SkyFrame.Icrs)));
    }

    [Fact]
    public void Only_a_grid_of_360_degrees_is_a_full_turn()
    {
        Assert.True(Tiling(360, 40, 180.5, 16, 1).IsFullTurn);
        Assert.True(Tiling(360, 40, 0.5, 16, 1).IsFullTurn);
        Assert.False(Tiling(359, 40, 180.5, 16, 1).IsFullTurn);
        Assert.False(Tiling(51, 20, 20.5, 8, 7).IsFullTurn);
    }

    [Theory]
    [InlineData(12, 3, "x012y003")]
    [InlineData(0, 0, "x000y000")]
    [InlineData(1234, 999, "x1234y999")]
    [InlineData(268435455, 1000, "x268435455y1000")]
    public void The_text_form_is_fixed(int x, int y, string text) => Assert.Equal(text, GridTiling.IdOf(x, y).ToString());

    [Fact]
    public void Only_the_names_of_its_tiles_are_parsed()
    {
        var tiling = Tiling(1300, 40, 20.5, 1, 0.25);
        Assert.Equal(("x000y000 to x1299y039", 1300 * 40), (tiling.Names, tiling.All().Count()));
        Assert.All(tiling.All().Where((_, i) => i % 37 == 0), tile =>
            Assert.Equal((true, tile), (tiling.TryParse(tile.ToString(), out var read), read)));
        Assert.False(tiling.TryParse("x1300y000", out _));
        Assert.False(tiling.TryParse("x000y040", out _));
        Assert.False(tiling.TryParse(default(TileId).ToString(), out _));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("y")]
    [InlineData("x012")]
    [InlineData("x012y")]
    [InlineData("xy")]
    [InlineData("y003x012")]
    [InlineData("z012y003")]
    [InlineData("x12y003")]
    [InlineData("x0012y003")]
    [InlineData("x-12y003")]
    [InlineData("x+12y003")]
    [InlineData("X012Y003")]
    [InlineData(" x012y003")]
    [InlineData("x012y003 ")]
    [InlineData("x012y003/..")]
    [InlineData("x012y00٣")]
    [InlineData("x99999999999y003")]
    [InlineData("x012y003y004")]
    public void Text_that_is_not_a_tile_name_is_not_parsed(string? text) =>
        Assert.False(Tiling(360, 40, 180.5, 1, 1).TryParse(text, out _));

    [Fact]
    public void Only_the_written_form_is_parsed()
    {
        var tiling = Tiling(360, 40, 180.5, 1, 1);
        Gen.String[Gen.Char["xy0123456789-/"], 0, 12].ForSeeded(text =>
        {
            if (tiling.TryParse(text, out var id)) Assert.Equal(text, id.ToString());
        });
    }

    [Fact]
    public void Tiles_are_given_row_by_row() =>
        Assert.Equal(["x000y000", "x001y000", "x002y000", "x000y001", "x001y001", "x002y001"], Tiling(6, 4, 3.5, 2, 1).All()
            .Select(tile => tile.ToString()));

    [Fact]
    public void A_tile_has_its_neighbours_across_the_seam_too()
    {
        static IEnumerable<string> Neighbours(ITiling tiling, string tile) =>
            tiling.Neighbours(new TileId(tile)).Select(other => other.ToString());
        Assert.Equal(["x000y000", "x001y000", "x001y001", "x000y002", "x001y002"], Neighbours(Tiling(48, 48, 3.5, 16, 1), "x000y001"));
        Assert.Equal(["x001y000", "x008y000", "x000y001", "x001y001", "x008y001"], Neighbours(Tiling(360, 80, 3.5, 40, 1), "x000y000"));
    }

    [Fact]
    public void ProblemWith_describes_why_an_image_cannot_be_stacked()
    {
        var tiling = Tiling(90, 33, 45.5, 16, 1);
        Assert.Null(tiling.ProblemWith(tiling.Grid.Cutout(89, 32, 4, 4)));
        Assert.Equal(
            "found an image at survey pixels (90, 0) to (93, 3), outside the survey, expected one that overlaps (0, 0) to (89, 32)",
            tiling.ProblemWith(tiling.Grid.Cutout(90, 0, 4, 4)));
        Assert.Contains("grids are not aligned", tiling.ProblemWith(SkyGridTests.Galactic(9, 9, 5, 5, 0.9)), StringComparison.Ordinal);
    }

    [Fact]
    public void An_invalid_tiling_is_refused()
    {
        Assert.Contains("found an image 361 pixels wide", Refusal(() => Tiling(361, 40, 180.5, 16, 1)), StringComparison.Ordinal);
        Assert.Contains("found tiles of 0 pixels", Refusal(() => Tiling(360, 40, 180.5, 0, 1)), StringComparison.Ordinal);
        var tiling = Tiling(360, 40, 180.5, 16, 1);
        Assert.Contains("found tile x023y000", Refusal(() => tiling.RegionOf(GridTiling.IdOf(23, 0))), StringComparison.Ordinal);
        Assert.Contains(
            "expected a tile in 23 columns and 3 rows", Refusal(() => tiling.GridOf(GridTiling.IdOf(0, 3))), StringComparison.Ordinal);
        Assert.Contains("halo of -1", Refusal(() => tiling.GridWithHalo(GridTiling.IdOf(0, 0), -1)), StringComparison.Ordinal);
        Assert.Contains("pixel grids are not aligned", Refusal(() => tiling.Touching(SkyGridTests.Galactic(9, 9, 5, 5, 0.9), 1).Count()),
            StringComparison.Ordinal);
        Assert.Contains("GLON-CAR", Refusal(() => SkyGridTests.Galactic(9, 9, 5.25, 5.5, 1)
            .Overlaps(tiling.GridWithHalo(GridTiling.IdOf(0, 0), 1)).Count()), StringComparison.Ordinal);
        Assert.Contains(
            "361 pixels", Refusal(() => tiling.Touching(SkyGridTests.Galactic(361, 9, 5.5, 5.5, 1), 1).Count()), StringComparison.Ordinal);
    }

    internal static GridTiling Tiling(int width, int height, double crpix1, int side, double step) =>
        new(SkyGridTests.Galactic(width, height, crpix1, height / 2 + 0.5, step), side);

    private static (TileId? Tile, int X, int Y) Place(GridTiling tiling, SkyPosition position)
    {
        var pixel = tiling.Owner(position)!.Value;
        var place = tiling.RegionOf(pixel.Tile);
        return (pixel.Tile, place.X + pixel.X, place.Y + pixel.Y);
    }

    private static string Refusal(Func<object> action) => Assert.Throws<SkyException>(action).Message;

    private static void AssertSame(SkyPosition? expected, SkyPosition? actual)
    {
        Assert.Equal(expected.HasValue, actual.HasValue);
        if (expected is { } one && actual is { } other) Assert.Equal(0, one.SeparationDeg(other), 1e-10);
    }
}
