namespace TsMapSurvey.Sky.Tests;

public sealed class WcsAlignmentTests
{
    private static readonly SkyPosition Centre = new(0, 0, SkyFrame.Galactic);

    private static Wcs Car(double crval1, double crval2, double crpix1, double crpix2, double step = 0.04) =>
        Wcs.Create(SkyFrame.Galactic, Projection.Car, new SkyPosition(crval1, crval2, SkyFrame.Galactic), crpix1, crpix2, -step, step);

    [Fact]
    public void A_cutout_is_aligned_and_its_pixels_show_the_same_sky() =>
        Gen.Select(Generate.Wcs, Gen.Int[-300, 300], Gen.Int[-300, 300]).ForSeeded((wcs, x0, y0) =>
        {
            Assert.True(wcs.IsAlignedWith(wcs.Cutout(x0, y0), out var dx, out var dy));
            Assert.Equal((-x0, -y0), (dx, dy));
            Assert.Equal(wcs.Cutout(x0, y0), wcs.Shifted(-x0, -y0));
            AssertSameSky(wcs, wcs.Cutout(x0, y0), dx, dy);
        });

    [Fact]
    public void Observation_and_stack_of_the_hess_maps_are_aligned()
    {
        var observation = ReferenceTable.Header("wcs-real.json", "hess_observation").Wcs;
        var stacked = ReferenceTable.Header("wcs-real.json", "hess_stacked").Wcs;
        Assert.True(observation.IsAlignedWith(stacked, out var dx, out var dy));
        Assert.Equal((77, 46), (dx, dy));
        Assert.False(observation.IsAlignedWith(ReferenceTable.Header("wcs-real.json", "hess_irf_oblique").Wcs, out _, out _));
    }

    [Fact]
    public void Upright_plate_carree_with_another_reference_longitude_is_the_same_grid()
    {
        // 83.6 degrees are 2090 pixels of 0.04.
        var (a, b) = (Car(0, 0, 100.5, 50.5), Car(83.6, 0, 300.5, 20.5));
        Assert.True(a.IsAlignedWith(b, out var dx, out var dy));
        AssertSameSky(a, b, dx, dy);
        Assert.Equal((200 + 2090, -30), (dx, dy));
        Assert.False(a.IsAlignedWith(Car(83.61, 0, 300.5, 20.5), out _, out _));
    }

    [Fact]
    public void Reference_longitudes_360_degrees_apart_give_the_same_grid()
    {
        Assert.True(Car(359.96, 0, 10, 10).IsAlignedWith(Car(-0.04, 0, 12, 10), out var dx, out _));
        Assert.Equal(2, dx);
        Assert.True(Car(359.96, 0, 10, 10).IsAlignedWith(Car(0, 0, 10, 10), out dx, out _));
        Assert.Equal(1, dx);
    }

    [Fact]
    public void If_360_degrees_are_not_a_whole_number_of_pixels_the_long_way_round_is_tried_too()
    {
        // 189 degrees are 27 pixels of 7; the short way, 171 degrees, is no whole number.
        Assert.True(Car(0, 0, 10, 10, 7).IsAlignedWith(Car(189, 0, 10, 10, 7), out var dx, out _));
        Assert.Equal(27, dx);
        AssertSameSky(Car(0, 0, 10, 10, 7), Car(189, 0, 10, 10, 7), 27, 0);
        Assert.Null(Car(0, 0, 10, 10, 7).TurnPixels);
    }

    [Fact]
    public void An_image_upside_down_is_another_grid()
    {
        var upsideDown = ReferenceTable.Header("wcs-car.json", "upside_down").Wcs;
        var upright = Wcs.Create(SkyFrame.Galactic, Projection.Car, upsideDown.Reference, 150.5, 100.5, -0.7, 0.7);
        Assert.False(upright.IsAlignedWith(upsideDown, out _, out _));
    }

    [Fact]
    public void Oblique_plate_carree_with_the_same_poles_and_another_pole_longitude_is_the_same_grid()
    {
        var a = Car(83.6, 22, 50, 50, step: 0.5);
        // The same native poles with native longitudes shifted by 10 degrees: the reference point moves along the native equator.
        Assert.True(a.TryPixelToSky(50 - 1 + 20, 50 - 1, out var lon, out var lat));
        var cards = a.Keywords().ToDictionary(card => card.Keyword, card => card.Value);
        (cards["CRVAL1"], cards["CRVAL2"], cards["LONPOLE"]) = (lon, lat, a.Lonpole + 10);
        var b = Wcs.Read(cards);
        Assert.Equal(a.Latpole, b.Latpole, 1e-9);
        Assert.True(a.IsAlignedWith(b, out var dx, out var dy));
        Assert.Equal((-20, 0), (dx, dy));
        AssertSameSky(a, b, dx, dy);
    }

    [Fact]
    public void Other_reference_latitudes_frames_projections_and_scales_are_other_grids()
    {
        var a = Car(0, 0, 100.5, 50.5);
        Assert.False(a.IsAlignedWith(Car(0, 0.04, 100.5, 50.5), out _, out _));
        Assert.False(a.IsAlignedWith(Car(0, 0, 100.5, 50.5, 0.05), out _, out _));
        Assert.False(a.IsAlignedWith(Car(0, 0, 100.5, 50.5, 0.04 * (1 + 1e-9)), out _, out _));
        Assert.False(a.IsAlignedWith(Car(0, 0, 100.75, 50.5), out _, out _));
        Assert.False(a.IsAlignedWith(Car(0, 0, 100.5, 50.5 + 2e-6), out _, out _));
        Assert.True(a.IsAlignedWith(Car(0, 0, 100.5, 50.5 + 5e-7), out _, out _));
        Assert.False(a.IsAlignedWith(Wcs.Create(SkyFrame.Galactic, Projection.Tan, Centre, 100.5, 50.5, -0.04, 0.04), out _, out _));
        Assert.False(a.IsAlignedWith(Wcs.Create(SkyFrame.Galactic, Projection.Car, Centre, 100.5, 50.5, 0.04, 0.04), out _, out _));
        var fk5 = Wcs.Create(SkyFrame.Fk5, Projection.Car, new(0, 0, SkyFrame.Fk5), 100.5, 50.5, -0.04, 0.04);
        var icrs = Wcs.Create(SkyFrame.Icrs, Projection.Car, new(0, 0, SkyFrame.Icrs), 100.5, 50.5, -0.04, 0.04);
        Assert.False(fk5.IsAlignedWith(icrs, out _, out _));
    }

    [Fact]
    public void Gnomonic_images_with_another_reference_point_are_other_grids()
    {
        var a = Wcs.Create(SkyFrame.Icrs, Projection.Tan, new(83.6, 22, SkyFrame.Icrs), 1, 1, -0.1, 0.1);
        Assert.True(a.IsAlignedWith(a.Shifted(3, 4), out _, out _));
        Assert.False(
            a.IsAlignedWith(Wcs.Create(SkyFrame.Icrs, Projection.Tan, new(83.7, 22, SkyFrame.Icrs), 1, 1, -0.1, 0.1), out _, out _));
        // The same pole, turned about it.
        var north = Wcs.Create(SkyFrame.Icrs, Projection.Tan, new(10, 90, SkyFrame.Icrs), 1, 1, -0.1, 0.1);
        Assert.False(
            north.IsAlignedWith(Wcs.Create(SkyFrame.Icrs, Projection.Tan, new(20, 90, SkyFrame.Icrs), 1, 1, -0.1, 0.1), out _, out _));
    }

    [Fact]
    public void GLS_images_of_other_reference_latitudes_are_the_same_grid()
    {
        Wcs Gls(double crval2, double crpix2) => Wcs.Read(new Dictionary<string, object>
        {
            ["CTYPE1"] = "GLON-GLS",
            ["CTYPE2"] = "GLAT-GLS",
            ["CRPIX1"] = 50.0,
            ["CRPIX2"] = crpix2,
            ["CRVAL1"] = 30.0,
            ["CRVAL2"] = crval2,
            ["CDELT1"] = -0.5,
            ["CDELT2"] = 0.5,
        });
        Assert.True(Gls(20, 50).IsAlignedWith(Gls(-10, 40), out var dx, out var dy));
        Assert.Equal((0, 50), (dx, dy));
        AssertSameSky(Gls(20, 50), Gls(-10, 40), dx, dy);
        Assert.False(Gls(20, 50).IsAlignedWith(Gls(-10.25, 40), out _, out _));
        var sfl = Wcs.Create(SkyFrame.Galactic, Projection.Sfl, new(30, 0, SkyFrame.Galactic), 50, 10, -0.5, 0.5);
        Assert.True(Gls(20, 50).IsAlignedWith(sfl, out _, out dy));
        Assert.Equal(0, dy);
        // With another reference longitude, the meridians of SFL are different curves.
        Assert.False(sfl.IsAlignedWith(
            Wcs.Create(SkyFrame.Galactic, Projection.Sfl, new(40, 0, SkyFrame.Galactic), 50, 10, -0.5, 0.5), out _, out _));
    }

    [Fact]
    public void A_slant_SIN_is_another_grid_and_its_recentred_grid_is_upright()
    {
        var cards = Wcs.Create(SkyFrame.Icrs, Projection.Sin, new(83.6, 22, SkyFrame.Icrs), 1, 1, -0.1, 0.1).Keywords()
            .ToDictionary(card => card.Keyword, card => card.Value);
        var upright = Wcs.Read(cards);
        cards["PV2_2"] = 0.3;
        var slanted = Wcs.Read(cards);
        Assert.False(upright.IsAlignedWith(slanted, out _, out _));
        Assert.True(slanted.IsAlignedWith(slanted.Cutout(3, 4), out _, out _));
        Assert.Equal(upright.Recentred(new(84, 20, SkyFrame.Icrs), 11), slanted.Recentred(new(84, 20, SkyFrame.Icrs), 11));
    }

    [Fact]
    public void A_binned_system_begins_where_the_first_pixel_does_and_shows_the_same_sky() =>
        Generate.Wcs.ForSeeded(wcs =>
        {
            var coarse = wcs.Binned(4);
            foreach (var (x, y) in ((double, double)[])[(-0.5, -0.5), (3.5, -0.5), (39.5, 19.5), (1.5, 1.5)])
            {
                var found = wcs.TryPixelToSky(x, y, out var lon, out var lat);
                Assert.Equal(found, coarse.TryPixelToSky((x + 0.5) / 4 - 0.5, (y + 0.5) / 4 - 0.5, out var coarseLon, out var coarseLat));
                if (found) Assert.Equal(
                    0, new SkyPosition(lon, lat, wcs.Frame).SeparationDeg(new SkyPosition(coarseLon, coarseLat, wcs.Frame)), 1e-7);
            }
        });

    [Fact]
    public void A_recentred_system_has_square_pixels_of_the_larger_side_in_the_same_directions()
    {
        var wide = Wcs.Create(SkyFrame.Galactic, Projection.Car, Centre, 100.5, 50.5, -0.04, 0.02);
        var kernel = wide.Recentred(new SkyPosition(266.4, -29, SkyFrame.Icrs), 51);
        Assert.Equal((26, 26, -0.04, 0.04), (kernel.Crpix1, kernel.Crpix2, kernel.Cdelt1, kernel.Cdelt2));
        Assert.True(kernel.TryPixelToSky(25, 25, out var lon, out var lat));
        Assert.Equal(0, new SkyPosition(266.4, -29, SkyFrame.Icrs).SeparationDeg(new SkyPosition(lon, lat, SkyFrame.Galactic)), 1e-10);
        Assert.Equal(wide.PixelScaleDeg, kernel.PixelScaleDeg);
    }

    private static void AssertSameSky(Wcs a, Wcs b, int dx, int dy)
    {
        foreach (var (x, y) in ((int, int)[])[(0, 0), (57, 3), (-20, 41)])
        {
            var here = a.TryPixelToSky(x, y, out var lon, out var lat);
            Assert.Equal(here, b.TryPixelToSky(x + dx, y + dy, out var otherLon, out var otherLat));
            if (here) Assert.Equal(0, new SkyPosition(lon, lat, a.Frame).SeparationDeg(new SkyPosition(otherLon, otherLat, b.Frame)), 1e-9);
        }
    }
}
