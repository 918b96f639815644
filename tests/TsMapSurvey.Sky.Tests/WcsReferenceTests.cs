namespace TsMapSurvey.Sky.Tests;

public sealed class WcsReferenceTests
{
    private const double TolerancePixels = 1e-9;
    private const double ToleranceDeg = 1e-9;

    public static TheoryData<string> Tables => [.. ReferenceTable.WcsTables];

    [Theory]
    [MemberData(nameof(Tables))]
    public void Pixels_have_the_sky_positions_of_wcslib(string table)
    {
        var compared = 0;
        foreach (var header in ReferenceTable.Headers(table))
            foreach (var row in header.Rows("pixelToSky"))
            {
                var found = header.Wcs.TryPixelToSky(row[0], row[1], out var lon, out var lat);
                Assert.True(found == (row.Length == 4), $"{header.Name}: pixel {row[0]}, {row[1]} has sky: {found}");
                if (!found) continue;
                Assert.InRange(lon, 0, 360);
                var away = new SkyPosition(lon, lat, header.Wcs.Frame).SeparationDeg(new SkyPosition(row[2], row[3], header.Wcs.Frame));
                Assert.True(away < ToleranceDeg, $"{header.Name}: pixel {row[0]}, {row[1]} is {away} degrees away");
                compared++;
            }

        Assert.True(compared > 250, $"only {compared} positions in {table}");
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void Sky_positions_have_the_pixels_of_wcslib(string table)
    {
        var compared = 0;
        foreach (var header in ReferenceTable.Headers(table))
            foreach (var row in header.Rows("skyToPixel"))
            {
                var found = header.Wcs.TrySkyToPixel(row[0], row[1], out var x, out var y);
                Assert.True(found == (row.Length == 4), $"{header.Name}: sky {row[0]}, {row[1]} has a pixel: {found}");
                if (!found) continue;
                // At native longitude 180 both ends are correct.
                var (tx, ty) = header.Wcs.TurnStep;
                var turns = tx == 0 && ty == 0 ? 0 : Math.Round(((row[2] - x) * tx + (row[3] - y) * ty) / (tx * tx + ty * ty));
                double dx = x + turns * tx - row[2], dy = y + turns * ty - row[3];
                // Near the horizon of a gnomonic image the angle of a pixel tends to zero.
                var tolerance = TolerancePixels + 1e-12 * Math.Max(Math.Abs(x), Math.Abs(y));
                Assert.True(Math.Abs(dx) < tolerance
                    && Math.Abs(dy) < tolerance, $"{header.Name}: sky {row[0]}, {row[1]} is {dx}, {dy} pixels away");
                compared++;
            }

        Assert.True(compared > 300, $"only {compared} pixels in {table}");
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void Resolved_poles_are_those_of_wcslib(string table)
    {
        foreach (var header in ReferenceTable.Headers(table))
        {
            Assert.Equal(header.Json.GetProperty("lonpole").GetDouble(), header.Wcs.Lonpole, 1e-12);
            Assert.Equal(header.Json.GetProperty("latpole").GetDouble(), header.Wcs.Latpole, 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void Keywords_are_those_that_wcslib_writes_and_read_back_equal(string table)
    {
        foreach (var header in ReferenceTable.Headers(table))
        {
            var expected = ReferenceTable.Cards(header.Json.GetProperty("written"));
            var written = header.Wcs.Keywords().ToDictionary(card => card.Keyword, card => card.Value);
            // wcslib repeats the equatorial system of a Galactic header that had one.
            if (header.Wcs.Frame == SkyFrame.Galactic)
                expected = expected.Where(card => card.Key is not ("RADESYS" or "EQUINOX")).ToDictionary();
            Assert.True(expected.Keys.SequenceEqual(written.Keys),
                $"{header.Name}: {string.Join(' ', written.Keys)} for {string.Join(' ', expected.Keys)}");
            foreach (var (keyword, value) in expected)
                if (value is string) Assert.Equal(value, written[keyword]);
                else Assert.Equal(Convert.ToDouble(value), Convert.ToDouble(written[keyword]), 1e-11);
            Assert.Equal(header.Wcs, Wcs.Read(written));
        }
    }

    [Fact]
    public void Spans_give_the_same_results_as_single_pixels()
    {
        foreach (var header in ReferenceTable.WcsTables.SelectMany(ReferenceTable.Headers))
        {
            double[] x = [.. header.Rows("pixelToSky").Select(row => row[0])], y = [.. header.Rows("pixelToSky").Select(row => row[1])];
            double[] lon = new double[x.Length], lat = new double[x.Length], backX = new double[x.Length], backY = new double[x.Length];
            var found = header.Wcs.PixelToSky(x, y, lon, lat);
            Assert.Equal(lon.Count(double.IsFinite), found);
            for (var i = 0; i < x.Length; i++)
            {
                header.Wcs.TryPixelToSky(x[i], y[i], out var singleLon, out var singleLat);
                Assert.Equal((singleLon, singleLat), (lon[i], lat[i]));
            }

            Assert.Equal(found, header.Wcs.SkyToPixel(lon, lat, backX, backY));
            for (var i = 0; i < x.Length; i++)
            {
                header.Wcs.TrySkyToPixel(lon[i], lat[i], out var singleX, out var singleY);
                Assert.Equal((singleX, singleY), (backX[i], backY[i]));
            }
        }
    }

    [Fact]
    public void Pixels_of_a_batch_allocate_nothing()
    {
        var wcs = ReferenceTable.Header("wcs-oblique.json", "north").Wcs;
        double[] x = [.. Enumerable.Range(0, 1000)], y = new double[1000], lon = new double[1000], lat = new double[1000];
        wcs.PixelToSky(x, y, lon, lat);
        wcs.SkyToPixel(lon, lat, x, y);
        var before = GC.GetAllocatedBytesForCurrentThread();
        wcs.PixelToSky(x, y, lon, lat);
        wcs.SkyToPixel(lon, lat, x, y);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
