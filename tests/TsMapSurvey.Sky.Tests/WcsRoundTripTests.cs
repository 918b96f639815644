namespace TsMapSurvey.Sky.Tests;

public sealed class WcsRoundTripTests
{
    [Fact]
    public void Sky_to_pixel_to_sky_gives_the_same_position() =>
        Gen.Select(Generate.Wcs, Generate.Position).ForSeeded((wcs, position) =>
        {
            var own = position.To(wcs.Frame);
            if (!wcs.TrySkyToPixel(own.LonDeg, own.LatDeg, out var x, out var y)) return;
            Assert.True(wcs.TryPixelToSky(x, y, out var lon, out var lat));
            Assert.InRange(lon, 0, Math.BitDecrement(360.0));
            if (wcs.Projection == Projection.Sin)
            {
                // At the rim the error of the angle is the square root of the rounding error, but in pixels no precision is lost.
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
    public void Pixel_to_sky_to_pixel_gives_the_same_pixel_up_to_360_degrees() =>
        Gen.Select(Generate.Wcs, Gen.Double[-200, 200], Gen.Double[-60, 60]).ForSeeded((wcs, x, y) =>
        {
            if (!wcs.TryPixelToSky(x, y, out var lon, out var lat)) return;
            Assert.True(wcs.TrySkyToPixel(lon, lat, out var backX, out var backY));
            // Compared as an angle, because pixels along a parallel near a native pole are narrow.
            var (tx, ty) = wcs.TurnStep;
            var turns = tx == 0 && ty == 0 ? 0 : Math.Round(((x - backX) * tx + (y - backY) * ty) / (tx * tx + ty * ty));
            Assert.True(wcs.TryPixelToSky(backX + turns * tx, backY + turns * ty, out var lonAgain, out var latAgain));
            Assert.Equal(0, new SkyPosition(lon, lat, wcs.Frame).SeparationDeg(new SkyPosition(lonAgain, latAgain, wcs.Frame)), 1e-10);
            if (wcs.RowsAreParallels || wcs.Projection is Projection.Tan or Projection.Ait or Projection.Sfl)
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
    public void Mollweide_keeps_its_precision_up_to_the_pole()
    {
        var wcs = Wcs.Create(SkyFrame.Galactic, Projection.Mol, new SkyPosition(0, 0, SkyFrame.Galactic), 1, 1, -1, 1);
        foreach (var distance in (double[])[10, 1, 0.1, 1e-3, 1e-5, 1e-7])
            foreach (var side in (int[])[1, -1])
            {
                Assert.True(wcs.TrySkyToPixel(-170, side * (90 - distance), out var x, out var y));
                Assert.True(wcs.TryPixelToSky(x, y, out var lon, out var lat));
                Assert.Equal(0, new SkyPosition(190, side * (90 - distance), SkyFrame.Galactic)
                    .SeparationDeg(new SkyPosition(lon, lat, SkyFrame.Galactic)), 1e-10);
                // Near the pole x = (2 sqrt(2)/pi) phi (3 pi e^2 / 8)^(1/3), e the distance in radian.
                var e = distance * Math.PI / 180;
                if (distance < 0.01) Assert.Equal(Math.Cbrt(3 * Math.PI * e * e / 8) * 170 * 2 * Math.Sqrt(2) / Math.PI, x, 1e-5 * x);
            }
    }

    [Fact]
    public void Poles_and_the_antipode_are_where_the_formulas_put_them()
    {
        (double X, double Y)? At(Projection projection, double lon, double lat) =>
            Wcs.Create(SkyFrame.Galactic, projection, new SkyPosition(0, 0, SkyFrame.Galactic), 1, 1, 1, 1)
                .TrySkyToPixel(lon, lat, out var x, out var y)
                ? (Math.Round(x, 9), Math.Round(y, 9)) : null;
        var radian = 180 / Math.PI;
        Assert.Equal((0, Math.Round(Math.Sqrt(2) * radian, 9)), At(Projection.Ait, 77, 90));
        Assert.Equal((0, Math.Round(-Math.Sqrt(2) * radian, 9)), At(Projection.Mol, 77, -90));
        Assert.Equal((0, 90), At(Projection.Sfl, 77, 90));
        Assert.Equal((Math.Round(2 * Math.Sqrt(2) * radian, 9), 0), At(Projection.Ait, 180, 0));
        Assert.Equal((Math.Round(2 * Math.Sqrt(2) * radian, 9), 0), At(Projection.Mol, 180, 0));
        Assert.Equal((180, 0), At(Projection.Sfl, 180, 0));
        Assert.Equal((0, Math.Round(radian, 9)), At(Projection.Sin, 5, 90));
        Assert.Null(At(Projection.Sin, 90.001, 0));
        Assert.Equal(180, Math.Sqrt(Square(At(Projection.Arc, 180, 0))), 1e-9);
        Assert.Equal(2 * radian, Math.Sqrt(Square(At(Projection.Zea, 180, 0))), 1e-9);
        Assert.Null(At(Projection.Stg, 180, 0));
        Assert.Equal((Math.Round(2 * radian, 9), 0), At(Projection.Stg, 90, 0));

        static double Square((double X, double Y)? point) => point!.Value.X * point.Value.X + point.Value.Y * point.Value.Y;
    }

    [Fact]
    public void Plate_carree_continues_beyond_native_longitude_180_and_returns_within_it()
    {
        var wcs = Wcs.Create(SkyFrame.Galactic, Projection.Car, new SkyPosition(0, 0, SkyFrame.Galactic), 1, 1, -0.5, 0.5);
        Assert.True(wcs.TryPixelToSky(400, 10, out var lon, out var lat));
        Assert.Equal((160.0, 5.0), (lon, lat));
        Assert.True(wcs.TrySkyToPixel(lon, lat, out var x, out var y));
        Assert.Equal((400.0 - 720, 10.0), (x, y));
        Assert.Equal(720, wcs.TurnPixels);

        // Native longitude 180 is at both ends, as in wcslib.
        Assert.True(wcs.TrySkyToPixel(180, 0, out x, out _));
        Assert.Equal(-360, x);
        Assert.True(wcs.TrySkyToPixel(-180, 0, out x, out _));
        Assert.Equal(360, x);
    }

    [Fact]
    public void An_invalid_position_has_no_pixel()
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
