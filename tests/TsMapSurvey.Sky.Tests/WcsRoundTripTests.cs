namespace TsMapSurvey.Sky.Tests;

public sealed class WcsRoundTripTests
{
    [Fact]
    public void Sky_to_pixel_to_sky_comes_back() =>
        Gen.Select(Generate.Wcs, Generate.Position).ForSeeded((wcs, position) =>
        {
            var own = position.To(wcs.Frame);
            if (!wcs.TrySkyToPixel(own.LonDeg, own.LatDeg, out var x, out var y)) return;
            Assert.True(wcs.TryPixelToSky(x, y, out var lon, out var lat));
            Assert.InRange(lon, 0, Math.BitDecrement(360.0));
            if (wcs.Projection == Projection.Sin)
            {
                // At its rim the image is flat: an angle is the root of a rounding. In pixels nothing is lost.
                Assert.True(wcs.TrySkyToPixel(lon, lat, out var backX, out var backY));
                Assert.Equal(x, backX, 1e-9);
                Assert.Equal(y, backY, 1e-9);
            }
            else
            {
                Assert.Equal(0, own.SeparationDeg(new SkyPosition(lon, lat, wcs.Frame)), 1e-10);
            }
        });

    [Fact]
    public void Pixel_to_sky_to_pixel_comes_back_but_for_whole_turns() =>
        Gen.Select(Generate.Wcs, Gen.Double[-200, 200], Gen.Double[-60, 60]).ForSeeded((wcs, x, y) =>
        {
            if (!wcs.TryPixelToSky(x, y, out var lon, out var lat)) return;
            Assert.True(wcs.TrySkyToPixel(lon, lat, out var backX, out var backY));
            // As an angle: along a parallel next to a native pole, pixels are narrow.
            var (tx, ty) = wcs.TurnStep;
            var turns = tx == 0 && ty == 0 ? 0 : Math.Round(((x - backX) * tx + (y - backY) * ty) / (tx * tx + ty * ty));
            Assert.True(wcs.TryPixelToSky(backX + turns * tx, backY + turns * ty, out var lonAgain, out var latAgain));
            Assert.Equal(0, new SkyPosition(lon, lat, wcs.Frame).SeparationDeg(new SkyPosition(lonAgain, latAgain, wcs.Frame)), 1e-10);
            if (wcs.RowsAreParallels || wcs.Projection == Projection.Tan)
            {
                Assert.Equal(x, backX + turns * tx, 1e-6);
                Assert.Equal(y, backY + turns * ty, 1e-6);
            }
        });

    [Fact]
    public void Written_keywords_read_back_as_an_equal_system() =>
        Generate.Wcs.ForSeeded(wcs => Assert.Equal(wcs, Wcs.Read(wcs.Keywords().ToDictionary(card => card.Keyword, card => card.Value))));

    [Fact]
    public void The_reference_pixel_shows_the_reference_position() =>
        Generate.Wcs.ForSeeded(wcs =>
        {
            Assert.True(wcs.TryPixelToSky(wcs.Crpix1 - 1, wcs.Crpix2 - 1, out var lon, out var lat));
            Assert.Equal(0, wcs.Reference.SeparationDeg(new SkyPosition(lon, lat, wcs.Frame)), 1e-10);
        });

    [Fact]
    public void A_gnomonic_image_has_the_near_half_of_the_sky_only() =>
        Gen.Select(Generate.Wcs.Where(wcs => wcs.Projection == Projection.Tan), Generate.Position).ForSeeded((wcs, position) =>
        {
            var away = wcs.Reference.SeparationDeg(position);
            if (Math.Abs(away - 90) < 1e-9) return;
            var own = position.To(wcs.Frame);
            Assert.Equal(away < 90, wcs.TrySkyToPixel(own.LonDeg, own.LatDeg, out var x, out _));
            Assert.Equal(away < 90, double.IsFinite(x));
        });

    [Fact]
    public void Plate_carree_continues_beyond_the_native_date_line_and_comes_back_within_it()
    {
        var wcs = Wcs.Create(SkyFrame.Galactic, Projection.Car, new SkyPosition(0, 0, SkyFrame.Galactic), 1, 1, -0.5, 0.5);
        Assert.True(wcs.TryPixelToSky(400, 10, out var lon, out var lat));
        Assert.Equal((160.0, 5.0), (lon, lat));
        Assert.True(wcs.TrySkyToPixel(lon, lat, out var x, out var y));
        Assert.Equal((400.0 - 720, 10.0), (x, y));
        Assert.Equal(720, wcs.TurnPixels);

        // The date line itself has both ends, as in wcslib.
        Assert.True(wcs.TrySkyToPixel(180, 0, out x, out _));
        Assert.Equal(-360, x);
        Assert.True(wcs.TrySkyToPixel(-180, 0, out x, out _));
        Assert.Equal(360, x);
    }

    [Fact]
    public void What_is_no_position_has_no_pixel()
    {
        foreach (var wcs in ReferenceTable.WcsTables.SelectMany(ReferenceTable.Headers).Select(header => header.Wcs))
        {
            Assert.False(wcs.TrySkyToPixel(double.NaN, 0, out _, out _));
            Assert.False(wcs.TrySkyToPixel(double.PositiveInfinity, 0, out _, out _));
            Assert.False(wcs.TrySkyToPixel(0, 90.001, out _, out _));
            Assert.False(wcs.TrySkyToPixel(0, double.NaN, out _, out _));
            Assert.False(wcs.TryPixelToSky(double.NaN, 0, out var lon, out _));
            Assert.True(double.IsNaN(lon));
            Assert.False(wcs.TryPixelToSky(0, double.NegativeInfinity, out _, out _));
        }
    }
}
