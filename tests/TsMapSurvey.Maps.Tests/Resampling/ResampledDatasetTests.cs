using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Resampling;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Tests.Resampling;

public sealed class ResampledDatasetTests
{
    private static readonly MapAxis Energy = new("energy", [1, 3, 10], AxisInterpolation.Log, AxisNodes.Edges, "TeV");
    private static readonly MapAxis EnergyTrue = new("energy_true", [0.5, 5, 20], AxisInterpolation.Log, AxisNodes.Edges, "TeV");

    /// <summary>Name, position of source and target, target's frame and projection, pixel sizes in degrees.</summary>
    public static TheoryData<string, double, double, SkyFrame, Projection, double, double> Grids => new()
    {
        { "half a pixel beside", 10, 0, SkyFrame.Galactic, Projection.Car, 0.1, 0.1 },
        { "another frame and projection", 30, 40, SkyFrame.Icrs, Projection.Tan, 0.1, 0.1 },
        { "larger pixels", 30, 10, SkyFrame.Galactic, Projection.Tan, 0.1, 0.25 },
        { "smaller pixels", 30, -10, SkyFrame.Icrs, Projection.Car, 0.1, 0.03 },
        { "longitude 0", 0, 5, SkyFrame.Galactic, Projection.Car, 0.1, 0.1 },
        { "the pole", 0, 89.5, SkyFrame.Galactic, Projection.Tan, 0.1, 0.1 },
        { "the pole in CAR", 0, 89, SkyFrame.Galactic, Projection.Car, 0.1, 0.5 },
        { "equal areas", 120, -60, SkyFrame.Icrs, Projection.Zea, 0.05, 0.07 },
    };

    [Theory]
    [MemberData(nameof(Grids))]
    public void Counts_stay_integers_and_nothing_is_lost(
        string what, double lon, double lat, SkyFrame frame, Projection projection, double fromDeg, double toDeg)
    {
        var source = Source(lon, lat, fromDeg, 40, 30, seed: 7);
        var image = Image(lon, lat, frame, projection, toDeg, 7);
        var made = On(image, source);
        var mask = source.MaskSafe!.Data;
        Assert.Equal(Sum(source.Counts!, mask), Sum(made.Counts!, made.MaskSafe!.Data));
        Assert.All(made.Counts!.Data, value => Assert.Equal(Math.Floor(value), value));
        var expected = Sum(source.Background!, mask);
        Assert.True(Math.Abs(Sum(made.Background!, made.MaskSafe.Data) / expected - 1) < 1e-9, what);
        Assert.True(Math.Abs(made.Background!.Data.Sum() / expected - 1) < 1e-9, "background where nothing is safe");
    }

    [Theory]
    [MemberData(nameof(Grids))]
    public void Tiles_of_one_grid_share_what_the_whole_image_has(
        string what, double lon, double lat, SkyFrame frame, Projection projection, double fromDeg, double toDeg)
    {
        var source = Source(lon, lat, fromDeg, 40, 30, seed: 8);
        // A pixel at the pole of CAR has a share in every column, and its tiles do not know of each other's unsafe pixels.
        if (lat == 89) source = source with { MaskSafe = null };
        var image = Image(lon, lat, frame, projection, toDeg, 7);
        var whole = Stacked(image, source);
        for (var x = 0; x < image.Width; x += 31)
            for (var y = 0; y < image.Height; y += 29)
            {
                var tile = Stacked(image.Cutout(x, y, 31, 29), source);
                for (var plane = 0; plane < Energy.BinCount; plane++)
                    for (var j = 0; j < Math.Min(29, image.Height - y); j++)
                        for (var i = 0; i < Math.Min(31, image.Width - x); i++)
                        {
                            Assert.Equal(whole.Counts![plane, y + j, x + i], tile.Counts![plane, j, i]);
                            Assert.Equal(whole.MaskSafe![plane, y + j, x + i], tile.MaskSafe![plane, j, i]);
                            Assert.True(Math.Abs(whole.Background![plane, y + j, x + i] - tile.Background![plane, j, i]) < 1e-12, what);
                            Assert.True(Math.Abs(whole.Exposure![plane, y + j, x + i] - tile.Exposure![plane, j, i]) < 1e-3, what);
                        }
            }
    }

    [Theory]
    [MemberData(nameof(Grids))]
    public void Background_agrees_with_that_of_many_points_in_every_pixel(
        string what, double lon, double lat, SkyFrame frame, Projection projection, double fromDeg, double toDeg)
    {
        const int side = 64;
        var random = new Random(1);
        var source = Source(lon, lat, fromDeg, 20, 16, seed: 9) with { MaskSafe = null };
        var image = Image(lon, lat, frame, projection, toDeg, 4);
        var made = Stacked(image, source);
        var points = new double[image.Width * image.Height];
        for (var pixel = 0; pixel < 20 * 16; pixel++)
            for (var point = 0; point < side * side; point++)
            {
                var (x, y) = (pixel % 20 + (point % side + random.NextDouble()) / side - 0.5,
                    pixel / 20 + (point / side + random.NextDouble()) / side - 0.5);
                if (source.Grid.Wcs.TryPixelToSky(x, y, out var l, out var b)
                    && image.TryPixelOf(new SkyPosition(l, b, source.Grid.Frame), out int column, out int row))
                    points[row * image.Width + column] += source.Background!.Data[pixel] / (side * side);
            }

        var largest = points.Max();
        for (var pixel = 0; pixel < points.Length; pixel++)
        {
            var (x, y) = (pixel % image.Width, pixel / image.Width);
            // Where a source pixel is partly outside of the new safe pixels, these have its whole background.
            if (!Around(made.MaskSafe!, x, y, 1 + (int)Math.Ceiling(fromDeg / toDeg))) continue;
            var found = made.Background![0, y, x];
            Assert.True(Math.Abs(points[pixel] - found) < 0.05 * largest, $"{what}: {x}, {y}: {points[pixel]}, {found}");
        }
    }

    [Fact]
    public void An_exposure_that_grows_linearly_is_sampled_exactly()
    {
        var source = Source(10, 0, 0.1, 40, 30, seed: 3);
        var made = Stacked(Image(10, 0, SkyFrame.Galactic, Projection.Car, 0.07, 2), source);
        var count = 0;
        for (var y = 0; y < made.Grid.Height; y++)
            for (var x = 0; x < made.Grid.Width; x++)
            {
                if (!source.Grid.TryPixelOf(made.Grid.PixelCentre(x, y)!.Value, out double fromX, out double fromY)
                    || made.Exposure![1, y, x] == 0 || fromX < 0 || fromX > 39 || fromY < 0 || fromY > 29) continue;
                Assert.Equal(ExposureAt(1, fromX, fromY), made.Exposure[1, y, x], 1e-3);
                count++;
            }

        Assert.True(count > 500);
    }

    [Fact]
    public void On_its_own_grid_a_dataset_stays_as_it_is()
    {
        var source = Source(10, 0, 0.1, 40, 30, seed: 4);
        var (made, expected) = (Stacked(source.Grid, source), new DatasetStack(source.Grid, source));
        expected.Add(source);
        var stacked = expected.ToDataset("expected");
        Assert.Equal(stacked.Counts!.Data, made.Counts!.Data);
        Assert.Equal(stacked.MaskSafe!.Data, made.MaskSafe!.Data);
        foreach (var (a, b) in stacked.Background!.Data.Zip(made.Background!.Data)) Assert.Equal(a, b, 1e-9);
        foreach (var (a, b) in stacked.Exposure!.Data.Zip(made.Exposure!.Data)) Assert.Equal(a, b, 1e-3);
    }

    [Fact]
    public void A_closed_grid_counts_what_crosses_its_seam_once()
    {
        var source = Source(180, 20, 0.5, 40, 30, seed: 5);
        var wcs = Wcs.Create(SkyFrame.Galactic, Projection.Car, new SkyPosition(0, 0, SkyFrame.Galactic), 360.5, 180.5, -0.5, 0.5);
        // One tile with a halo that is wider than 360 degrees: its first and last columns repeat others.
        var closed = new SkyGrid(wcs, 720, 360);
        var made = On(closed.Cutout(-5, -5, 730, 370), source);
        Assert.Equal(Sum(source.Counts!, source.MaskSafe!.Data), Sum(made.Counts!, made.MaskSafe!.Data));
        var stacked = Stacked(closed.Cutout(-5, -5, 730, 370), source);
        for (var y = 0; y < 370; y++)
            for (var x = 0; x < 10; x++) Assert.Equal(stacked.Counts![0, y, x], stacked.Counts[0, y, x + 720]);
        Assert.True(Sum(stacked.Counts!, stacked.MaskSafe!.Data) > Sum(source.Counts!, source.MaskSafe.Data));
    }

    private static MapDataset On(SkyGrid image, MapDataset source) => ResampledDataset.On(image, source, MaskedResponses.Of(source));

    private static MapDataset Stacked(SkyGrid image, MapDataset source)
    {
        var stack = new DatasetStack(image, source);
        stack.Add(On(image, source));
        return stack.ToDataset("stacked");
    }

    private static bool Around(Map<bool> safe, int x, int y, int reach)
    {
        for (var j = -reach; j <= reach; j++)
            for (var i = -reach; i <= reach; i++)
                if (x + i < 0 || y + j < 0 || x + i >= safe.Geometry.Width || y + j >= safe.Geometry.Height || !safe[0, y + j, x + i])
                    return false;
        return true;
    }

    private static double Sum(Map<double> map, bool[] mask) => map.Data.Where((_, i) => mask[i]).Sum();

    private static double ExposureAt(int plane, double x, double y) => 1e9 * (plane + 1) + 1e7 * x + 3e6 * y;

    private static SkyGrid Image(double lon, double lat, SkyFrame frame, Projection projection, double pixelDeg, double sideDeg)
    {
        var pixels = (int)(sideDeg / pixelDeg) | 1;
        var centre = new SkyPosition(lon, lat, SkyFrame.Galactic).To(frame);
        var reference = projection == Projection.Car ? new SkyPosition(centre.LonDeg, 0, frame) : centre;
        var row = projection == Projection.Car ? pixels / 2 + 1 - Math.Round(centre.LatDeg / pixelDeg) : pixels / 2 + 1;
        var stretched = (int)(pixels / Math.Cos(centre.LatDeg * Math.PI / 180)) | 1;
        var steps = projection == Projection.Car ? (int)Math.Min(360 / pixelDeg, stretched) : pixels;
        return new SkyGrid(Wcs.Create(frame, projection, reference, steps / 2 + 1.37, row + 0.21, -pixelDeg, pixelDeg), steps, pixels);
    }

    /// <summary>A TAN image in galactic coordinates, or CAR at the equator; a tenth of the bins is not safe.</summary>
    private static MapDataset Source(double lon, double lat, double pixelDeg, int width, int height, int seed)
    {
        var random = new Random(seed);
        var projection = lat == 0 ? Projection.Car : Projection.Tan;
        var grid = new SkyGrid(Wcs.Create(SkyFrame.Galactic, projection, new SkyPosition(lon, lat, SkyFrame.Galactic),
            (width + 1) / 2.0, (height + 1) / 2.0, -pixelDeg, pixelDeg), width, height);
        var cube = new MapGeometry(grid, Energy);
        var exposure = new Map<double>(new MapGeometry(grid, EnergyTrue), "m2 s");
        for (var i = 0; i < exposure.Data.Length; i++)
            exposure.Data[i] = ExposureAt(i / exposure.Geometry.PlaneLength, i % width, i / width % height);
        return new MapDataset
        {
            Name = "source",
            Counts = new Map<double>(cube, [.. Enumerable.Range(0, cube.Count).Select(_ => (double)random.Next(4))]),
            Background = new Map<double>(cube, [.. Enumerable.Range(0, cube.Count).Select(_ => 0.5 + random.NextDouble())]),
            Exposure = exposure,
            MaskSafe = new Map<bool>(cube, [.. Enumerable.Range(0, cube.Count).Select(_ => random.Next(10) > 0)]),
        };
    }
}
