namespace TsMapSurvey.Sky.Tests.Tilings;

public sealed class HealpixTilingTests
{
    private static readonly HealpixTiling Tiling = new(3, 0.1);

    /// <summary>Evenly drawn positions, and those where coordinates or cells end.</summary>
    private static IEnumerable<SkyPosition> Positions(int count)
    {
        var random = new Random(8);
        for (var i = 0; i < count; i++)
            yield return new SkyPosition(
                random.NextDouble() * 360, Math.Asin(2 * random.NextDouble() - 1) * 180 / Math.PI, SkyFrame.Icrs);
        foreach (var lat in new[] { -90.0, 90, 0, 41.8103148957786, -41.8103148957786, 89.999999, -89.999999 })
            foreach (var lon in new[] { 0.0, 360, 359.999999999, 45, 90, 180, 270, 315 }) yield return new SkyPosition(lon, lat,
                SkyFrame.Icrs);
        for (var face = 0; face < 12; face++)
            foreach (var corner in new HealpixCell(0, face).Border(16)) yield return corner;
    }

    [Fact]
    public void Every_position_has_one_owner_whose_image_shows_the_pixel_with_it()
    {
        foreach (var position in Positions(Thorough.IsWanted ? 100_000 : 10_000))
        {
            var (tile, x, y) = Tiling.Owner(position)!.Value;
            Assert.Equal(HealpixCell.Containing(position, 3), Tiling.CellOf(tile));
            Assert.True(Tiling.Owned(tile, 0).Shows(x, y), $"{position} {tile} {x} {y}");
            Assert.True(Tiling.GridOf(tile).TryPixelOf(position, out int column, out int row) && (column, row) == (x, y));
        }
    }

    [Fact]
    public void The_owned_pixels_of_all_tiles_have_the_area_of_the_sphere()
    {
        var (tiling, area) = (new HealpixTiling(2, 0.4), 0.0);
        foreach (var tile in tiling.All())
        {
            var (grid, owned, own) = (tiling.GridOf(tile), tiling.Owned(tile, 0), 0.0);
            foreach (var run in owned.Runs())
                for (var x = run.X; x < run.Right; x++) own += grid.SolidAngleSr(x, run.Y);
            Assert.Equal(1, own / (4 * Math.PI / 192), 0.02);
            area += own;
        }

        // Pixels that are cut by a border belong to one tile, both or none: no bias, and a noise of some of them.
        Assert.Equal(1, area / (4 * Math.PI), 2e-3);
    }

    [Theory]
    [InlineData(2, 0.2)]
    [InlineData(3, 0.1)]
    [InlineData(5, 0.1)]
    public void A_work_grid_contains_its_cell_and_the_halo(int order, double pixelDeg)
    {
        var tiling = new HealpixTiling(order, pixelDeg);
        for (var index = 0; index < HealpixCell.Count(order); index += 7)
        {
            var cell = new HealpixCell(order, index);
            var (work, owned) = (tiling.GridWithHalo(tiling.TileOf(cell), 6), tiling.Owned(tiling.TileOf(cell), 6));
            Assert.Equal(tiling.GridOf(tiling.TileOf(cell)).PixelCentre(0, 0), work.PixelCentre(owned.Box.X, owned.Box.Y));
            Assert.Equal(work.Region.Grow(-6), owned.Box);
            Assert.True(work.IsSkyEverywhere);
            foreach (var position in cell.Border(50))
            {
                Assert.True(work.TryPixelOf(position, out int x, out int y) && owned.Box.Grow(-2).Contains(x, y), $"{cell} {x} {y}");
                Assert.True(owned.Shows(x, y));
            }
        }
    }

    [Fact]
    public void Images_are_square_to_the_cell_and_share_one_pixel_size()
    {
        // At the equator a cell is as wide as high, so that its sides are at 45 degrees and fill the image.
        var cell = new HealpixCell(3, 4 * 64 + 21);
        var grid = Tiling.GridOf(Tiling.TileOf(cell));
        Assert.True(Tiling.Owned(Tiling.TileOf(cell), 0).Runs().Sum(run => run.Area) > 0.7 * grid.Region.Area);
        Assert.Equal(-grid.Wcs.Cdelt1, grid.Wcs.Cdelt2);
        Assert.All(Tiling.All(), tile => Assert.Equal(0.1, Tiling.GridOf(tile).PixelScaleDeg, 1e-12));
        Assert.Equal(Tiling.GridOf(Tiling.Largest).Region.Area, Tiling.All().Max(tile => Tiling.GridOf(tile).Region.Area));
        var read = Wcs.Read(grid.Wcs.Keywords().ToDictionary(card => card.Keyword, card => card.Value));
        Assert.True(new SkyGrid(read, grid.Width, grid.Height).IsSameAs(grid));
    }

    public static TheoryData<string> Footprints => new()
    {
        "TAN 83.6 22 0.02 200 150", "TAN 0.01 -0.01 0.05 40 40", "CAR 0 0 0.5 720 80", "TAN 12 89.6 0.05 60 60", "TAN 200 -88 0.1 50 20",
        "ZEA 300 41.8 0.1 100 100", "CAR 359 0 0.01 3 3", "AIT 0 0 2 180 90", "SIN 45 45 0.3 100 200", "CAR 180 0 1 10 170",
    };

    [Theory]
    [MemberData(nameof(Footprints))]
    public void No_tile_that_a_footprint_touches_is_missed_and_few_are_too_many(string text)
    {
        var word = text.Split(' ');
        double Number(int i) => double.Parse(word[i], System.Globalization.CultureInfo.InvariantCulture);
        var projection = Enum.Parse<Projection>(word[0], ignoreCase: true);
        var (width, height) = ((int)Number(4), (int)Number(5));
        var reference = new SkyPosition(Number(1), Number(2), SkyFrame.Galactic);
        var wcs = Wcs.Create(SkyFrame.Galactic, projection, reference, (width + 1) / 2.0, (height + 1) / 2.0, -Number(3), Number(3));
        var footprint = new SkyGrid(wcs, width, height);
        const int halo = 4;
        var tiling = new HealpixTiling(2, 0.2);
        var found = tiling.Touching(footprint, halo).ToHashSet();
        Assert.Null(tiling.ProblemWith(footprint));
        // Directly: a pixel of one image has its centre in the other, or a corner of it.
        var exact = new HashSet<TileId>();
        foreach (var tile in tiling.All())
        {
            var work = tiling.GridWithHalo(tile, halo);
            if (Touches(work, footprint) || Touches(footprint, work)) exact.Add(tile);
        }

        Assert.Empty(exact.Except(found));
        Assert.True(found.Count <= exact.Count + 4 + exact.Count / 5, $"{found.Count} instead of {exact.Count}");
        Assert.Equal(found.Order(Comparer<TileId>.Create((a, b) => tiling.CellOf(a).Index.CompareTo(tiling.CellOf(b).Index))),
            tiling.Touching(footprint, halo));
    }

    private static bool Touches(SkyGrid image, SkyGrid other)
    {
        var step = Math.Max(1, Math.Min(image.Width, image.Height) / 50);
        for (var y = 0; y < image.Height; y += step)
            for (var x = 0; x < image.Width; x += step)
                if (image.PixelCentre(x, y) is { } centre && other.Contains(centre)) return true;
        return false;
    }

    [Fact]
    public void Names_are_parsed_exactly()
    {
        Assert.Equal("hpx1-3-0 to hpx1-3-767", Tiling.Names);
        Assert.True(Tiling.TryParse("hpx1-3-123", out var tile));
        Assert.Equal(new HealpixCell(3, 123), Tiling.CellOf(tile));
        foreach (var wrong in new[]
                 {
                     null, "", "hpx1-3-", "hpx1-3-768", "hpx1-3-0123", "hpx1-3-+1", "hpx1-3--1", "hpx1-3- 1", "hpx1-2-1", "hpx2-3-1",
                         "HPX1-3-1",
                     "hpx1-3-1 ", "hpx-3-1", "x000y000", "-1", "hpx1-3-99999999999", "hpx1-3-١",
                 })
        {
            Assert.False(Tiling.TryParse(wrong, out tile), wrong);
            Assert.Equal(default, tile);
        }

        Assert.Throws<SkyException>(() => Tiling.GridOf(new TileId("hpx1-2-1")));
        Assert.Throws<SkyException>(() => Tiling.TileOf(new HealpixCell(2, 1)));
    }

    [Fact]
    public void Orders_pixels_halos_and_images_without_sky_are_refused_with_what_is_expected()
    {
        Refused(() => new HealpixTiling(1, 0.1), "found order 1, expected 2 to 5");
        Refused(() => new HealpixTiling(6, 0.1), "found order 6");
        Refused(() => new HealpixTiling(3, 5), "found pixels of 5 degrees");
        Refused(() => new HealpixTiling(3, 1e-4), "expected 0.00179 to 1.83226 degrees at order 3");
        Refused(() => new HealpixTiling(3, double.NaN), "pixels of NaN");
        Refused(() => Tiling.GridWithHalo(Tiling.Largest, 151), "a halo of 151 pixels");
        Refused(() => Tiling.GridWithHalo(Tiling.Largest, -1), "a halo of -1 pixels");
        var ait = Wcs.Create(SkyFrame.Icrs, Projection.Ait, new SkyPosition(0, 0, SkyFrame.Icrs), 1000, 1, -1, 1);
        var corner = new SkyGrid(ait, 10, 10);
        Assert.Contains("without a position on the sky", Tiling.ProblemWith(corner), StringComparison.Ordinal);
        Assert.Empty(Tiling.Touching(corner, 3));
        Assert.Null(Tiling.Owner(new SkyPosition(double.NaN, 0, SkyFrame.Icrs)));

        static void Refused(Func<object> make, string text) =>
            Assert.Contains(text, Assert.Throws<SkyException>(make).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Neighbours_are_the_adjacent_cells()
    {
        ITiling tiling = Tiling;
        var tile = Tiling.TileOf(new HealpixCell(3, 20));
        Assert.Equal(8, tiling.Neighbours(tile).Count());
        Assert.All(tiling.Neighbours(tile), other => Assert.Contains(tile, tiling.Neighbours(other)));
    }
}
