using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Maps.Healpix;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Tests;

public sealed class HealpixMapTests : IDisposable
{
    private const int Order = 3;
    private static readonly int Cells = (int)HealpixCell.Count(Order);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("RING", "GAL", "CHANNEL1", false)]
    [InlineData("NESTED", "GAL", "CHANNEL1", true)]
    [InlineData("NEST", "C", "ENERGY1", false)]
    [InlineData("RING", "CEL", "TEMPERATURE", true)]
    public void Every_cell_has_its_value_in_every_numbering_and_frame(string ordering, string frame, string column, bool hasPixels)
    {
        var isRing = ordering == "RING";
        // A third of the cells, in any order, if the file names them.
        long[] pixels = hasPixels ? [.. Enumerable.Range(0, Cells).Where(i => i % 3 == 0).Select(i => (long)i).Reverse()]
            : [.. Enumerable.Range(0, Cells).Select(i => (long)i)];
        var values = FitsTableColumn.Doubles(column, [.. pixels.Select(pixel => Value(pixel, isRing))]);
        var map = Read([.. hasPixels ? [FitsTableColumn.Integers("PIX", pixels)] : Array.Empty<FitsTableColumn>(), values],
            header => header.Set("ORDERING", ordering).Set("COORDSYS", frame));
        Assert.Equal(frame == "GAL" ? SkyFrame.Galactic : SkyFrame.Icrs, map.Frame);
        Assert.Equal((pixels.Length, 1), (map.Data.Length, map.PlaneCount));
        foreach (var pixel in pixels)
        {
            var centre = Cell(pixel, isRing).Centre;
            var place = map.IndexOf(new SkyPosition(centre.LonDeg, centre.LatDeg, map.Frame));
            Assert.Equal(Value(pixel, isRing), map.Plane(0)[place]);
        }

        if (hasPixels) Assert.Contains(Enumerable.Range(0, Cells), i => map.IndexOf((long)i) < 0);
    }

    [Fact]
    public void Planes_have_the_energies_of_the_file()
    {
        var map = Read(
            [.. Enumerable.Range(1, 3).Select(n => FitsTableColumn.Doubles($"ENERGY{n}", [.. Enumerable.Repeat((double)n, Cells)]))],
            header => header.Set("ORDERING", "RING").Set("COORDSYS", "GAL"),
            writer => writer.WriteTable("ENERGIES", [FitsTableColumn.Doubles("ENERGY", [1e3, 1e4, 1e5], "MeV")]));
        Assert.Equal("energy_true", Assert.Single(map.Axes).Name);
        Assert.Equal([1, 2, 3], Enumerable.Range(0, 3).Select(plane => map.Plane(plane)[5]));
        Assert.Equal(0.01, map.Axes[0].Centers[1], 1e-12);
    }

    [Fact]
    public void A_part_from_the_first_to_the_last_pixel_and_a_sparse_map_are_read()
    {
        var part = Read([FitsTableColumn.Doubles("CHANNEL1", [7, 8, 9])],
            header => header.Set("ORDERING", "NESTED").Set("COORDSYS", "C").Set("FIRSTPIX", 100L).Set("LASTPIX", 102L));
        Assert.Equal([100, 101, 102], part.Cells!);
        Assert.Equal([7, 8, 9], part.Data);
        var sparse = Read(
            [FitsTableColumn.Integers("PIX", [30, 10, 30]), FitsTableColumn.Integers("CHANNEL", [0, 1, 1]),
                FitsTableColumn.Doubles("VALUE", [1.5, 2.5, 3.5])],
            header => header.Set("ORDERING", "NESTED").Set("COORDSYS", "C"));
        Assert.Equal([10, 30], sparse.Cells!);
        Assert.Equal([0, 1.5, 2.5, 3.5], sparse.Data);
    }

    [Theory]
    [InlineData("ORDERING", "SPIRAL", "ORDERING 'SPIRAL', expected RING or NESTED")]
    [InlineData("COORDSYS", "E", "COORDSYS 'E', expected G (galactic) or C (equatorial)")]
    [InlineData("NSIDE", 12L, "NSIDE 12, expected a power of two up to 2^29")]
    [InlineData("NSIDE", 16L, "found 768 values in CHANNEL1, expected 3072, one for each pixel")]
    [InlineData("LASTPIX", 800L, "found 768 values in CHANNEL1, expected 801, one for each pixel")]
    public void What_is_wrong_is_named(string keyword, object value, string problem)
    {
        var exception = Assert.Throws<MapException>(() => Read([FitsTableColumn.Doubles("CHANNEL1", new double[Cells])], header =>
        {
            header.Set("ORDERING", "RING").Set("COORDSYS", "GAL");
            if (value is long number) header.Set(keyword, number);
            else header.Set(keyword, (string)value);
        }));
        Assert.EndsWith(problem, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pixels_that_do_not_exist_or_come_twice_are_refused()
    {
        foreach (var (pixels, problem) in new[] { (new long[] { 1, 768 }, "found pixel 768"), ([4, 4], "found pixel 4 twice") })
            Assert.Contains(problem, Assert.Throws<MapException>(() => Read(
                [FitsTableColumn.Integers("PIX", pixels), FitsTableColumn.Doubles("CHANNEL1", new double[2])],
                header => header.Set("ORDERING", "RING").Set("COORDSYS", "GAL"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Interpolation_has_the_cells_value_at_its_centre_and_follows_a_smooth_map_everywhere()
    {
        const int fine = 5;
        static double Smooth(SkyPosition position) => 3 + Math.Sin(position.LatDeg * Math.PI / 180)
            + Math.Cos(position.LatDeg * Math.PI / 180) * Math.Sin(position.LonDeg * Math.PI / 180);
        var data = new double[HealpixCell.Count(fine)];
        for (var i = 0; i < data.Length; i++) data[i] = Smooth(new HealpixCell(fine, i).Centre);
        var map = new HealpixMap(fine, SkyFrame.Galactic, [], null, data, "");
        var found = new double[1];
        for (var i = 0; i < data.Length; i += 7)
        {
            var centre = new HealpixCell(fine, i).Centre;
            map.Interpolate(new SkyPosition(centre.LonDeg, centre.LatDeg, SkyFrame.Galactic), found);
            Assert.Equal(data[i], found[0], 1e-9);
        }

        var random = new Random(3);
        for (var i = 0; i < 3000; i++)
        {
            // Poles, rings' ends and longitude 0 among them.
            var lat = i % 10 == 0 ? 90 - 0.01 * (i % 7) : i % 10 == 1 ? -90 + 0.3 * (i % 7) : random.NextDouble() * 180 - 90;
            var position = new SkyPosition(i % 5 == 0 ? 0 : random.NextDouble() * 720 - 360, lat, SkyFrame.Galactic);
            map.Interpolate(position, found);
            // Beyond the last ring, only four values are known around the pole.
            Assert.Equal(Smooth(position), found[0], Math.Abs(lat) < 80 ? 2e-3 : 1e-2);
        }
    }

    [Fact]
    public void A_map_is_drawn_as_an_image_of_the_whole_sky()
    {
        using var file = Write([FitsTableColumn.Doubles("CHANNEL1", [.. Enumerable.Range(0, Cells).Select(i => Value(i, true))])],
            header => header.Set("ORDERING", "RING").Set("COORDSYS", "GAL"), null);
        var map = CubeReader.Read(file, file.Hdus[1]);
        var seen = 0;
        for (var y = 0; y < map.Geometry.Height; y++)
            for (var x = 0; x < map.Geometry.Width; x++)
            {
                if (map.Geometry.Grid!.PixelCentre(x, y) is not { } centre) Assert.True(double.IsNaN(map[0, y, x]));
                else
                {
                    var cell = HealpixCell.Containing(new SkyPosition(centre.LonDeg, centre.LatDeg, SkyFrame.Icrs), Order);
                    Assert.Equal(1000 * Math.Sin(cell.Index), map[0, y, x]);
                    seen++;
                }
            }

        // pi / 4 of the box around an ellipse.
        Assert.Equal(Math.PI / 4, seen / (double)map.Geometry.PlaneLength, 0.02);
    }

    private static HealpixCell Cell(long pixel, bool isRing) => isRing ? RingNumbering.ToCell(Order, pixel) : new HealpixCell(Order, pixel);

    private static double Value(long pixel, bool isRing) => 1000 * Math.Sin(Cell(pixel, isRing).Index);

    private HealpixMap Read(FitsTableColumn[] columns, Action<FitsHeader> describe, Action<FitsWriter>? more = null)
    {
        using var file = Write(columns, describe, more);
        return HealpixReader.Read(file, file.Hdus[1]);
    }

    private FitsFile Write(FitsTableColumn[] columns, Action<FitsHeader> describe, Action<FitsWriter>? more)
    {
        var path = _folder.File("sky.fits");
        FitsWriter.Write(path, writer =>
        {
            var header = new FitsHeader().Set("PIXTYPE", "HEALPIX").Set("NSIDE", 8L);
            describe(header);
            writer.WriteEmptyPrimary();
            writer.WriteTable("SKYMAP", columns, header);
            more?.Invoke(writer);
        });
        return FitsFile.Open(path);
    }
}
