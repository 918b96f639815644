using TsMapSurvey.Estimators.BackgroundSources;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Irf;
using TsMapSurvey.Models;
using TsMapSurvey.SampleData;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Tests;

/// <summary>The stack of one observation, as files and as a survey's tiles are stacked, gives that observation's numbers.</summary>
public sealed class StackOfOneTests
{
    private static readonly SkyFrame Frame = SkyFrame.Galactic;

    /// <summary>2 x 1.5 degrees, and IRF maps of 4 x 3 pixels of half a degree that just cover them.</summary>
    private static readonly SkyGrid Image =
        new(Wcs.Create(Frame, Projection.Car, new SkyPosition(10, 2, Frame), 10.5, 8, -0.1, 0.1), 20, 15);

    private static readonly SkyGrid Irfs = new(Wcs.Create(Frame, Projection.Car, new SkyPosition(10, 2, Frame), 2.5, 2, -0.5, 0.5), 4, 3);

    /// <summary>Pixels of the image: the middle, and beyond the outermost IRF pixels' centres to every side and corner.</summary>
    public static TheoryData<double, double> Positions => new()
    {
        { 9.5, 7 }, { 0, 7 }, { 1.3, 5.2 }, { 19, 7 }, { 18.2, 9.9 }, { 9.5, 0 }, { 8.1, 0.6 }, { 9.5, 14 }, { 12.4, 13.1 }, { 0, 0 },
        { 19, 0 }, { 0.4, 14 }, { 19, 14 },
    };

    [Theory]
    [MemberData(nameof(Positions))]
    public void The_psf_between_the_outermost_irf_pixels_and_the_border_is_that_of_the_observation(double x, double y)
    {
        var (observation, position) = (Observation(Irfs), At(x, y));
        foreach (var stacked in Stacks(observation)) AssertSamePsf(observation.Psf!, stacked.Psf!, position);
    }

    [Theory]
    [MemberData(nameof(Positions))]
    public void Known_sources_give_the_counts_that_they_give_in_the_observation(double x, double y)
    {
        var source = new SkyModel(new PointSource(), new PowerLaw(2, 1e-11)) { Name = "known", Position = At(x, y) };
        var observation = Observation(Irfs);
        var expected = BackgroundModels.Counts(observation, [source]).Data;
        foreach (var stacked in Stacks(observation)) Close(expected, BackgroundModels.Counts(stacked, [source]).Data);
    }

    [Fact]
    public void Its_maps_are_those_of_the_observation()
    {
        var observation = Observation(Irfs);
        var source = new SkyModel(new PointSource(), new PowerLaw(2, 1e-11)) { Name = "known", Position = At(18.2, 13.1) };
        var estimator = new TsMapEstimator(new TsMapOptions { KernelWidthDeg = 0.5, BackgroundModels = [source], Rtol = 1e-9 });
        var expected = estimator.Run([observation]);
        foreach (var stacked in Stacks(observation))
        {
            var found = estimator.Run([stacked]);
            foreach (var name in new[] { "norm", "ts", "norm_err", "npred" })
                for (var i = 0; i < expected.Find(name)!.Data.Length; i++)
                    Assert.Equal(
                        expected.Find(name)!.Data[i], found.Find(name)!.Data[i], 1e-7 * (1e-3 + Math.Abs(expected.Find(name)!.Data[i])));
        }
    }

    [Theory]
    [InlineData(0, 0, 4, 3, true)]
    [InlineData(0, 0, 4, 3, false)]
    [InlineData(-2, -1, 9, 6, true)] // Margins all around.
    [InlineData(-2, -1, 9, 6, false)]
    [InlineData(1, 1, 2, 1, false)] // Less than the image.
    public void Files_are_stacked_onto_their_own_irf_pixels_and_no_others(int x, int y, int width, int height, bool hasMask)
    {
        var grid = Irfs.Cutout(x, y, width, height);
        var observation = Observation(grid) with { MaskSafe = hasMask ? Everywhere(new MapGeometry(Image, Samples.Energy)) : null };
        var stacked = OfFiles(observation);
        foreach (var (expected, found) in new[]
        {
            (observation.Psf!.Density, stacked.Psf!.Density), (observation.Psf.Exposure!, stacked.Psf.Exposure!),
            (observation.Edisp!.Data, stacked.Edisp!.Data), (observation.Edisp.Exposure!, stacked.Edisp.Exposure!),
        })
        {
            Assert.True(found.Geometry.Grid!.IsAlignedWith(grid, out var dx, out var dy));
            Assert.Equal((0, 0, width, height), (dx, dy, found.Geometry.Width, found.Geometry.Height));
            Close(expected.Data, found.Data);
        }

        Assert.Equal(observation.Exposure!.Data, stacked.Exposure!.Data);
        Assert.DoesNotContain(false, stacked.MaskSafe!.Data);
    }

    [Fact]
    public void Files_with_parts_of_one_irf_grid_are_stacked_onto_all_of_it()
    {
        var (left, right) = (Observation(Irfs.Cutout(0, 0, 3, 2)), Observation(Irfs.Cutout(2, 1, 2, 3), 2));
        var shape = StackUnion.Of(Image, [StackGeometry.Of(left), StackGeometry.Of(right)]);
        Assert.True(shape.Psf!.Grid!.IsAlignedWith(Irfs, out var dx, out var dy));
        Assert.Equal((0, 0, 4, 4), (dx, dy, shape.Psf.Width, shape.Psf.Height));
        Assert.Equal((4, 4), (shape.Edisp!.Width, shape.Edisp.Height));
    }

    [Fact]
    public void Files_with_irf_grids_of_their_own_leave_no_pixel_that_the_image_needs_without_exposure()
    {
        var other = new SkyGrid(Wcs.Create(Frame, Projection.Car, new SkyPosition(10, 2, Frame), 3, 2.2, -0.4, 0.4), 6, 5);
        MapDataset[] both = [Observation(Irfs.Cutout(1, 1, 1, 1)), Observation(other, 2)];
        var stack = new DatasetStack(StackUnion.Of(Image, [.. both.Select(StackGeometry.Of)]));
        foreach (var observation in both) stack.Add(observation);
        var psf = stack.ToDataset("s").Psf!;
        Assert.Equal((4, 3), (psf.Density.Geometry.Width, psf.Density.Geometry.Height));
        Assert.All(psf.Exposure!.Data, weight => Assert.True(weight > 0));
    }

    [Fact]
    public void An_image_that_is_cut_keeps_the_irf_pixels_around_it()
    {
        var shape = StackUnion.Of(Image.Cutout(4, 5, 6, 5), [StackGeometry.Of(Observation(Irfs.Cutout(-5, -5, 14, 14)))]);
        Assert.True(shape.Psf!.Grid!.IsAlignedWith(Irfs, out var dx, out var dy));
        // Columns 4 to 9 are at 0.4 to 1.4 IRF pixels, rows 5 to 9 at 0.6 to 1.4.
        Assert.Equal((0, 0, 3, 3), (dx, dy, shape.Psf.Width, shape.Psf.Height));
    }

    [Fact]
    public void Files_without_an_irf_map_make_no_place_for_one_and_one_that_has_it_does()
    {
        var bare = Observation(Irfs) with { Psf = null, Edisp = null };
        Assert.Equal(
            (null, null), (StackUnion.Of(Image, [StackGeometry.Of(bare)]).Psf, StackUnion.Of(Image, [StackGeometry.Of(bare)]).Edisp));
        Assert.NotNull(StackUnion.Of(Image, [StackGeometry.Of(bare), StackGeometry.Of(Observation(Irfs))]).Psf);
    }

    [Fact]
    public void An_irf_of_a_region_counts_for_every_pixel_and_the_mean_of_a_map_for_a_region()
    {
        var (region, map) = (Observation(null), Observation(Irfs, 2));
        var onMap = new DatasetStack(StackUnion.Of(Image, [StackGeometry.Of(region), StackGeometry.Of(map)]));
        onMap.Add(region);
        foreach (var plane in new[] { 0, 77, 199 })
            Assert.All(onMap.ToDataset("s").Psf!.Density.Plane(plane).ToArray(), value =>
                Assert.Equal(region.Psf!.Density.Data[plane], value, 1e-12 * value));
        var onRegion = new DatasetStack(StackGeometry.Of(region));
        onRegion.Add(map);
        var (psf, exposure) = (map.Psf!.Density, map.Psf.Exposure!);
        var found = onRegion.ToDataset("s").Psf!;
        foreach (var plane in new[] { 0, 77, 199 })
        {
            var energy = plane / Samples.Rad.BinCount;
            var (sum, weight) = (0.0, 0.0);
            for (var i = 0; i < Irfs.Region.Area; i++) (sum, weight) =
                (sum + exposure.Plane(energy)[i] * psf.Plane(plane)[i], weight + exposure.Plane(energy)[i]);
            Assert.Equal(sum / weight, found.Density.Data[plane], 1e-12 * found.Density.Data[plane]);
            Assert.Equal(weight / Irfs.Region.Area, found.Exposure!.Data[energy], 1e-12 * weight);
        }
    }

    /// <summary>As files are stacked, and as tiles of surveys are whose templates are another observation's or cover more.</summary>
    private static MapDataset[] Stacks(MapDataset observation)
    {
        MapDataset Tile(SkyGrid image)
        {
            var stack = new DatasetStack(image, StackTemplate.Of(observation));
            stack.Add(observation);
            var dataset = stack.ToDataset("tile");
            return image == observation.Grid ? dataset : Cut(dataset, observation.Grid);
        }

        return [OfFiles(observation), Tile(Image), Tile(Image.Cutout(-14, -9, 50, 40))];
    }

    private static MapDataset OfFiles(MapDataset observation)
    {
        var stack = new DatasetStack(StackUnion.Of(observation.Grid, [StackGeometry.Of(observation)]));
        stack.Add(observation);
        return stack.ToDataset("stacked");
    }

    private static MapDataset Cut(MapDataset dataset, SkyGrid grid)
    {
        Map<T> Of<T>(Map<T> map)
            where T : unmanaged
        {
            Assert.True(grid.IsAlignedWith(map.Geometry.Grid!, out var dx, out var dy));
            var cut = new Map<T>(map.Geometry.WithGrid(grid), map.Unit);
            for (var plane = 0; plane < cut.Geometry.PlaneCount; plane++)
                for (var y = 0; y < grid.Height; y++)
                    for (var x = 0; x < grid.Width; x++) cut.Plane(plane)[y * grid.Width + x] = map[plane, y + dy, x + dx];
            return cut;
        }

        return dataset with
        {
            Counts = Of(dataset.Counts!),
            Background = Of(dataset.Background!),
            Exposure = Of(dataset.Exposure!),
            MaskSafe = Of(dataset.MaskSafe!)
        };
    }

    private static SkyPosition At(double x, double y)
    {
        Assert.True(Image.Wcs.TryPixelToSky(x, y, out var lon, out var lat));
        return new SkyPosition(lon, lat, Frame);
    }

    /// <summary>Unmasked; PSF and energy dispersion are others in every IRF pixel, and not linear.</summary>
    private static MapDataset Observation(SkyGrid? irfs, int seed = 1)
    {
        var cube = new MapGeometry(Image, Samples.Energy);
        var random = new Random(seed);
        var psf = new Map<double>(new MapGeometry(irfs, Samples.Rad, Samples.EnergyTrue), "sr-1");
        for (var i = 0; i < psf.Data.Length; i++)
        {
            var (plane, pixel) = Math.DivRem(i, psf.Geometry.PlaneLength);
            var (x, y) = (pixel % psf.Geometry.Width, pixel / psf.Geometry.Width);
            var (r, sigma) = (double.DegreesToRadians(Samples.Rad.Centers[plane % Samples.Rad.BinCount]),
                double.DegreesToRadians(0.06 + 0.01 * seed + 0.01 * x * x + 0.015 * y));
            psf.Data[i] = Math.Exp(-r * r / (2 * sigma * sigma)) / (2 * Math.PI * sigma * sigma);
        }

        Map<double> Filled(MapGeometry geometry, string unit, double low, double high) =>
            new(geometry, [.. Enumerable.Range(0, geometry.Count).Select(_ => low + (high - low) * random.NextDouble())], unit);
        return new MapDataset
        {
            Name = $"obs-{seed}",
            Counts = new Map<double>(cube, [.. Enumerable.Range(0, cube.Count).Select(_ => (double)random.Next(4))]),
            Background = Filled(cube, "", 0.5, 2),
            Exposure = Filled(new MapGeometry(Image, Samples.EnergyTrue), "m2 s", 1e9, 2e9),
            MaskSafe = Everywhere(cube),
            Psf = new PsfMap(psf, Filled(new MapGeometry(irfs, Samples.Rad.Squash(), Samples.EnergyTrue), "m2 s", 1e9, 2e9)),
            Edisp = new EdispMap(Filled(new MapGeometry(irfs, Samples.Energy, Samples.EnergyTrue), "", 0.1, 0.3),
                Filled(new MapGeometry(irfs, Samples.Energy.Squash(), Samples.EnergyTrue), "m2 s", 1e9, 2e9)),
            LiveTimeS = 100,
        };
    }

    private static Map<bool> Everywhere(MapGeometry cube)
    {
        var mask = new Map<bool>(cube);
        Array.Fill(mask.Data, true);
        return mask;
    }

    private static void AssertSamePsf(PsfMap expected, PsfMap found, SkyPosition position)
    {
        var (one, other) = (new PsfProfile(expected, position), new PsfProfile(found, position));
        for (var energy = 0; energy < Samples.EnergyTrue.BinCount; energy++)
            for (var r = 0.01; r < 0.8; r += 0.04)
            {
                var (density, scale) = (one.DensityAt(energy).At(r), one.DensityAt(energy).At(0));
                Assert.Equal(density, other.DensityAt(energy).At(r), 1e-11 * scale);
            }
    }

    private static void Close(double[] expected, double[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        var scale = expected.Max(Math.Abs);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], found[i], 1e-11 * scale);
    }
}
