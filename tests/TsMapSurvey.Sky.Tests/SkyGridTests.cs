namespace TsMapSurvey.Sky.Tests;

public sealed class SkyGridTests
{
    private static SkyGrid AcrossTheDateLine { get; } = Galactic(400, 100, crpix1: -3400.5, crpix2: 50.5, step: 0.05);

    [Fact]
    public void The_centre_of_the_hess_observation_is_where_it_pointed()
    {
        var grid = ReferenceTable.Header("wcs-real.json", "hess_observation").Grid;
        // Column 62 of CRPIX -243.5 is 306.5 pixels of 0.04 degrees to the west of l = 0; row 62 of CRPIX 89.5 is 26.5 to the south.
        Assert.Equal(0, grid.Centre.SeparationDeg(new SkyPosition(-12.26, -1.06, SkyFrame.Galactic)), 1e-9);
        Assert.Equal(0.04, grid.PixelScaleDeg);
    }

    [Fact]
    public void Every_pixel_contains_its_own_centre_also_across_native_longitude_180()
    {
        foreach (var grid in ReferenceTable.WcsTables.SelectMany(ReferenceTable.Headers).Select(header => header.Grid)
            .Append(AcrossTheDateLine))
            for (var y = 0; y < grid.Height; y += 7)
                for (var x = 0; x < grid.Width; x += 9)
                {
                    if (grid.PixelCentre(x, y) is not { } centre || Math.Abs(centre.LatDeg) > 89.9 || IsSeenTwice(grid)) continue;
                    Assert.True(grid.TryPixelOf(centre, out int column, out int row), $"{grid} {x} {y} {centre}");
                    Assert.Equal((x, y), (column, row));
                }
    }

    [Fact]
    public void A_border_between_pixels_belongs_to_the_higher_one_and_the_image_is_half_open()
    {
        // A degree a pixel, longitude growing with the columns: all coordinates are exact.
        var grid = new SkyGrid(Wcs.Create(SkyFrame.Galactic, Projection.Car, new(0, 0, SkyFrame.Galactic), 5, 3, 1, 1), 8, 6);
        (int X, int Y)? At(double x, double y) =>
            grid.TryPixelOf(new SkyPosition(x - 4, y - 2, SkyFrame.Galactic), out int column, out int row) ? (column, row) : null;
        for (var i = 0; i < 6; i++)
        {
            Assert.Equal((i, i), At(i - 0.5, i - 0.5));
            Assert.Equal((i, i), At(i + 0.4375, i + 0.4375));
        }

        Assert.Null(At(-0.5625, 2));
        Assert.Null(At(2, -0.5625));
        Assert.Equal((7, 2), At(7.4375, 2));
        Assert.Null(At(7.5, 2));
        Assert.Null(At(8, 2));
        Assert.Equal((2, 5), At(2, 5.4375));
        Assert.Null(At(2, 5.5));
        Assert.Null(At(2, 6));
    }

    [Fact]
    public void A_position_outside_has_no_pixel()
    {
        Assert.False(AcrossTheDateLine.Contains(new SkyPosition(0, 0, SkyFrame.Galactic)));
        Assert.True(AcrossTheDateLine.Contains(new SkyPosition(180, 0, SkyFrame.Galactic)));
        Assert.True(AcrossTheDateLine.Contains(new SkyPosition(-180, 0, SkyFrame.Galactic)));
        Assert.False(AcrossTheDateLine.Contains(new SkyPosition(180, 3, SkyFrame.Galactic)));
    }

    [Fact]
    public void A_full_turn_has_a_pixel_for_every_longitude_at_its_seam()
    {
        foreach (var crpix1 in (double[])[0.5, 360.5, 1234.5])
        {
            var grid = Galactic(720, 10, crpix1, 5.5, 0.5);
            var seam = (crpix1 - 0.5) * 0.5;
            for (var step = -3; step <= 3; step++)
                Assert.True(grid.Contains(new SkyPosition(seam + step * 1e-14, 0, SkyFrame.Galactic)), $"CRPIX1 {crpix1}, {step}");
        }
    }

    [Fact]
    public void Aligned_grids_intersect_in_the_pixels_that_show_the_same_sky() =>
        Gen.Select(Gen.Int[1, 60], Gen.Int[1, 40], Gen.Int[-800, 800], Gen.Int[-50, 50]).ForSeeded((width, height, x0, y0) =>
        {
            var grid = Galactic(300, 60, 400.5, 30.5, 0.5);
            var other = grid.Cutout(x0, y0, width, height);
            var shared = grid.Intersect(other);
            var expected = 0;
            for (var y = 0; y < grid.Height; y++)
                for (var x = 0; x < grid.Width; x++)
                    if ((((x - x0) % 720 + 720) % 720) < width && y >= y0 && y < y0 + height) expected++;
            // Two images that are together less than 360 degrees wide overlap in one rectangle.
            Assert.Equal(expected, shared.Area);
        });

    [Theory]
    [InlineData(8, 6, 3.5, 2.5)]
    [InlineData(7, 5, 3, 2)]
    [InlineData(8, 5, 3.5, 2)]
    [InlineData(1, 2, 0, 0.5)]
    public void The_centre_of_an_even_image_is_a_border_and_of_an_odd_one_a_pixels_centre(int width, int height, double x, double y)
    {
        var grid = new SkyGrid(Wcs.Create(SkyFrame.Galactic, Projection.Car, new(0, 0, SkyFrame.Galactic), 5, 3, 1, 1), width, height);
        Assert.Equal(0, grid.Centre.SeparationDeg(new SkyPosition(x - 4, y - 2, SkyFrame.Galactic)), 1e-12);
    }

    [Theory]
    [InlineData(Projection.Car, 84, true)]
    [InlineData(Projection.Tan, 84, true)]
    [InlineData(Projection.Stg, 84, true)]
    [InlineData(Projection.Sin, 84, false)]
    [InlineData(Projection.Arc, 84, false)]
    [InlineData(Projection.Zea, 84, false)]
    [InlineData(Projection.Ait, 84, false)]
    [InlineData(Projection.Mol, 84, false)]
    [InlineData(Projection.Sfl, 84, false)]
    [InlineData(Projection.Ait, 10, true)]
    [InlineData(Projection.Sin, 10, true)]
    public void The_corners_decide_whether_every_pixel_has_sky(Projection projection, int width, bool everywhere)
    {
        var grid = new SkyGrid(
            Wcs.Create(SkyFrame.Galactic, projection, new(30, -20, SkyFrame.Galactic), width / 2.0 + 0.5, 22.5, -4, 4), width, 44)
            .Cutout(0, width == 10 ? 17 : 0, width, width == 10 ? 10 : 44);
        Assert.Equal(everywhere, grid.IsSkyEverywhere);
        var without = 0;
        for (var y = 0; y < grid.Height; y++)
            for (var x = 0; x < grid.Width; x++)
            {
                Assert.Equal(grid.PixelCentre(x, y) is not null, grid.HasSky(x, y));
                if (!grid.HasSky(x, y)) without++;
            }

        Assert.Equal(everywhere, without == 0);
        // A single corner may have no sky position: each quarter of the image has another such corner.
        foreach (var (x, y) in ((int, int)[])[(0, 0), (width / 2, 0), (0, grid.Height / 2), (width / 2, grid.Height / 2)])
            Assert.Equal(everywhere, grid.Cutout(x, y, width / 2, grid.Height / 2).IsSkyEverywhere);
    }

    [Fact]
    public void Grids_that_are_not_aligned_do_not_intersect() =>
        Assert.Throws<SkyException>(() => AcrossTheDateLine.Intersect(Galactic(10, 10, 5.25, 5.5, 0.05)));

    [Theory]
    [InlineData(0, 5)]
    [InlineData(5, -1)]
    [InlineData(1 << 20, 1 << 20)]
    [InlineData(int.MaxValue, 1)]
    public void An_impossible_size_is_refused(int width, int height) =>
        Assert.Contains($"found {width} x {height}", Assert.Throws<SkyException>(() => Galactic(width, height, 1, 1, 0.1)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_recentred_grid_has_the_position_in_its_middle_pixel()
    {
        var kernel = AcrossTheDateLine.Recentred(AcrossTheDateLine.Centre, 31);
        Assert.True(kernel.TryPixelOf(AcrossTheDateLine.Centre, out double x, out double y));
        Assert.Equal(15, x, 1e-9);
        Assert.Equal(15, y, 1e-9);
    }

    internal static SkyGrid Galactic(int width, int height, double crpix1, double crpix2, double step) =>
        new(Wcs.Create(SkyFrame.Galactic, Projection.Car, new(0, 0, SkyFrame.Galactic), crpix1, crpix2, -step, step), width, height);

    // Rotated or very wide CAR images show some sky more than once; then a position has several pixels.
    private static bool IsSeenTwice(SkyGrid grid)
    {
        var (tx, ty) = grid.Wcs.TurnStep;
        return (tx != 0 || ty != 0) && Math.Abs(tx) < grid.Width && Math.Abs(ty) < grid.Height;
    }
}
