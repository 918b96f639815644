namespace TsMapSurvey.Sky.Tests;

public sealed class GridTilingOverlapTests
{
    private sealed record Case(GridTiling Tiling, SkyGrid Observation, PixelRegion InSurvey, int Halo);

    // Observations anywhere on the survey's grid, with another CRPIX, or also another CRVAL1 if 360 degrees are 360 pixels.
    private static readonly Gen<Case> Any =
        Gen.Select(
            Generate.OneOf((360, 40, 180.5, 16, 1.0), (360, 20, 0.5, 128, 1.0), (360, 21, 2000.5, 50, 1.0), (350, 20, 10.5, 40, 1.0),
                (90, 33, -100.5, 16, 1.0), (7, 5, 3.5, 1, 1.0), (45, 20, 20.5, 8, 7.0)),
            Gen.Select(Gen.Int[-400, 400], Gen.Int[-30, 50]), Gen.Select(Gen.OneOf(Gen.Int[1, 60], Gen.Int[300, 360]), Gen.Int[1, 30]),
            Gen.Int[0, 12], Gen.Int[-400, 400])
        .Select((survey, corner, size, halo, crval1) =>
        {
            var (width, height, crpix1, side, step) = survey;
            var tiling = GridTilingTests.Tiling(width, height, crpix1, side, step);
            var region = new PixelRegion(corner.Item1, corner.Item2, size.Item1, size.Item2);
            var observation = tiling.Grid.Cutout(region);
            if (step == 1)
                observation = new SkyGrid(Wcs.Create(SkyFrame.Galactic, Projection.Car, new(crval1, 0, SkyFrame.Galactic),
                    observation.Wcs.Crpix1 - crval1, observation.Wcs.Crpix2, -1, 1), region.Width, region.Height);
            return new Case(tiling, observation, region, halo);
        });

    [Fact]
    public void Touching_finds_exactly_the_tiles_whose_extended_region_shares_a_pixel() =>
        Any.ForSeeded(one =>
        {
            var expected = one.Tiling.All().Where(tile => BruteForce(one, tile).Count > 0).ToList();
            Assert.Equal(expected, one.Tiling.Touching(one.Observation, one.Halo).ToList());
        }, count: 60);

    [Fact]
    public void Overlaps_pair_every_shared_pixel_exactly_once() =>
        Any.ForSeeded(one =>
        {
            foreach (var tile in one.Tiling.All().Where((_, index) => index % 5 == 0 || index < 2))
            {
                var window = one.Tiling.GridWithHalo(tile, one.Halo).Region;
                var found = new HashSet<(int, int, int, int)>();
                var targets = new HashSet<(int, int)>();
                foreach (var (source, target) in one.Observation.Overlaps(one.Tiling.GridWithHalo(tile, one.Halo)))
                {
                    Assert.Equal((source.Width, source.Height), (target.Width, target.Height));
                    Assert.True(one.Observation.Region.Contains(source) && window.Contains(target) && !source.IsEmpty);
                    for (var y = 0; y < source.Height; y++)
                        for (var x = 0; x < source.Width; x++)
                        {
                            Assert.True(found.Add((source.X + x, source.Y + y, target.X + x, target.Y + y)), "a pixel pair came twice");
                            Assert.True(targets.Add((target.X + x, target.Y + y)), "two source pixels for one target");
                        }
                }

                Assert.True(found.SetEquals(BruteForce(one, tile)));
            }
        }, count: 60);

    [Fact]
    public void Overlapping_pixels_show_the_same_sky() =>
        Any.ForSeeded(one =>
        {
            foreach (var tile in one.Tiling.Touching(one.Observation, one.Halo).Take(5))
            {
                var grid = one.Tiling.GridWithHalo(tile, one.Halo);
                foreach (var (source, target) in one.Observation.Overlaps(one.Tiling.GridWithHalo(tile, one.Halo)))
                {
                    var (there, here) = (one.Observation.PixelCentre(source.X, source.Y), grid.PixelCentre(target.X, target.Y));
                    Assert.Equal(there.HasValue, here.HasValue);
                    if (there is { } a && here is { } b) Assert.Equal(0, a.SeparationDeg(b), 1e-9);
                }
            }
        }, count: 300);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void A_footprint_that_ends_where_a_tile_begins_does_not_touch_it(double step)
    {
        var tiling = GridTilingTests.Tiling(45, 24, 20.5, 8, step);
        Assert.Equal([GridTiling.IdOf(1, 1)], tiling.Touching(tiling.Grid.Cutout(8, 8, 8, 8), 0));
        Assert.Equal(9, tiling.Touching(tiling.Grid.Cutout(8, 8, 8, 8), 1).Count());
        Assert.Equal([GridTiling.IdOf(1, 1)], tiling.Touching(tiling.Grid.Cutout(10, 10, 4, 4), 2));
        Assert.Equal([GridTiling.IdOf(0, 0), GridTiling.IdOf(1, 0), GridTiling.IdOf(0, 1), GridTiling.IdOf(1, 1)],
            tiling.Touching(tiling.Grid.Cutout(9, 9, 4, 4), 2));
    }

    [Fact]
    public void A_footprint_across_the_seam_touches_the_tiles_at_both_ends()
    {
        var tiling = GridTilingTests.Tiling(360, 16, 180.5, 16, 1);
        var observation = tiling.Grid.Cutout(355, 4, 10, 4);
        Assert.Equal([GridTiling.IdOf(0, 0), GridTiling.IdOf(22, 0)], tiling.Touching(observation, 0));
        Assert.Equal([(new PixelRegion(0, 0, 5, 4), new PixelRegion(3, 4, 5, 4))],
            observation.Overlaps(tiling.GridWithHalo(GridTiling.IdOf(22, 0), 0)));
        Assert.Equal([(new PixelRegion(5, 0, 5, 4), new PixelRegion(0, 4, 5, 4))],
            observation.Overlaps(tiling.GridWithHalo(GridTiling.IdOf(0, 0), 0)));
        // With a halo of 10 the first tile sees all of it, before its first own pixel too.
        Assert.Equal([(new PixelRegion(0, 0, 10, 4), new PixelRegion(5, 14, 10, 4))],
            observation.Overlaps(tiling.GridWithHalo(GridTiling.IdOf(0, 0), 10)));
    }

    [Fact]
    public void Counts_of_the_tiles_add_up_to_those_of_the_observation_inside_the_survey() =>
        Any.ForSeeded(one =>
        {
            var inside = new HashSet<(int, int)>();
            foreach (var tile in one.Tiling.All())
                foreach (var (x, y, _, _) in BruteForce(one with { Halo = 0 }, tile)) Assert.True(inside.Add((x, y)));
            var total = one.Tiling.All()
                .Sum(tile => one.Observation.Overlaps(one.Tiling.GridWithHalo(tile, 0)).Sum(pair => pair.Source.Area));
            Assert.Equal(inside.Count, total);
        }, count: 60);

    [Fact]
    public void The_hess_observation_falls_where_it_was_cut_out()
    {
        var stacked = ReferenceTable.Header("wcs-real.json", "hess_stacked").Grid;
        var observation = ReferenceTable.Header("wcs-real.json", "hess_observation").Grid;
        var tiling = new GridTiling(stacked);
        Assert.Equal(new PixelRegion(77, 46, 125, 125), tiling.InSurveyPixels(observation));
        Assert.Equal(["x000y000", "x001y000", "x000y001", "x001y001"], tiling.Touching(observation, 20).Select(tile => tile.ToString()));
        Assert.Equal((new PixelRegion(0, 0, 51, 82), new PixelRegion(77, 46, 51, 82)),
            Assert.Single(observation.Overlaps(tiling.GridWithHalo(GridTiling.IdOf(0, 0), 0))));
    }

    // By sky columns: a column of the observation and one of the window are the same if they differ by a multiple of 360 degrees.
    private static HashSet<(int, int, int, int)> BruteForce(Case one, TileId tile)
    {
        var owned = one.Tiling.RegionOf(tile);
        var (left, top) = (owned.X - one.Halo, owned.Y - one.Halo);
        var turn = one.Tiling.Grid.Wcs.TurnPixels;
        var pairs = new HashSet<(int, int, int, int)>();
        for (var x = 0; x < one.InSurvey.Width; x++)
            for (var column = 0; column < owned.Width + 2 * one.Halo; column++)
            {
                var apart = one.InSurvey.X + x - (left + column);
                if (turn is null ? apart != 0 : apart % turn.Value != 0) continue;
                for (var y = 0; y < one.InSurvey.Height; y++)
                {
                    var row = one.InSurvey.Y + y - top;
                    if (row >= 0 && row < owned.Height + 2 * one.Halo) pairs.Add((x, y, column, row));
                }
            }

        return pairs;
    }
}
