using TsMapSurvey.Estimators.Points;
using TsMapSurvey.Estimators.Zones;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Tests.Zones;

public sealed class ZonedEstimateTests
{
    private static readonly PixelRegion Region = new(9, 8, 55, 48);
    private static readonly TsMapEstimator Estimator = new(
        ZonedField.Options with { Selection = TsMapSelection.Ul | TsMapSelection.StatScan });

    [Fact]
    public void Each_zone_is_fitted_with_the_response_at_its_centre()
    {
        var dataset = ZonedField.Dataset();
        var (maps, zones) = Run(dataset);
        Assert.Equal(dataset.Grid.Cutout(Region), maps.Geometry.Grid);
        Assert.Equal(0.75, maps.KernelWidthDeg!.Value, 0.051);
        foreach (var zone in zones.In(Region))
        {
            var pixels = zones.Pixels(zone);
            var alone = ZonedField.WithResponsesOf(dataset, dataset.Grid.Cutout(pixels).Centre);
            AssertSame(Estimator.Run([alone], region: pixels.Intersect(Region)), pixels.Intersect(Region), maps, 1e-8);
        }
    }

    [Fact]
    public void Neighbours_that_share_pixels_differ_less_where_they_meet_with_zones_than_with_one_response_each()
    {
        // Two halves of the field, each with its halo of 20 pixels, compared where both have their border: between columns 35 and 36.
        var halves = new[] { ZonedField.Image.Cutout(0, 0, 56, 64), ZonedField.Image.Cutout(16, 0, 54, 64) };
        double LargestStep(Func<MapDataset, ResponseZones> divide)
        {
            var columns = halves.Select((image, half) =>
            {
                var dataset = ZonedField.Dataset(image);
                var region = new PixelRegion(half == 0 ? 35 : 19, 10, 1, 44);
                var estimate = ZonedEstimate.Create(
                    Estimator, dataset, null, region, divide(dataset), TestContext.Current.CancellationToken);
                return estimate.ToMaps().Find("sqrt_ts")!.Data;
            }).ToArray();
            return columns[0].Zip(columns[1]).Max(pair => Math.Abs(pair.First - pair.Second));
        }

        var (one, many) = (LargestStep(dataset => ResponseZones.One(dataset.Grid)), LargestStep(Divided));
        Assert.True(one > 0.1 && many < 1e-9, $"one {one}, many {many}");
    }

    [Fact]
    public void An_update_is_the_map_from_scratch_and_fits_only_what_changed()
    {
        var dataset = ZonedField.Dataset();
        var estimate = Create(dataset, Divided(dataset));
        var random = new Random(4);
        PixelRegion[] changes = [new(10, 9, 2, 3), new(60, 50, 10, 14), new(0, 0, 4, 64), new(30, 30, 9, 9)];
        foreach (var dirty in changes)
        {
            dataset = Changed(dataset, dirty, random);
            estimate.Update(dataset, Divided(dataset), dirty, TestContext.Current.CancellationToken);
            Assert.InRange(estimate.PixelsComputed, 1, Region.Area / 2);
            AssertSame(Run(dataset).Maps, Region, estimate.ToMaps(), 1e-9);
        }

        // Another response in one response pixel: only zones near it are fitted again.
        var psf = dataset.Psf! with { Density = dataset.Psf.Density with { Data = [.. dataset.Psf.Density.Data] } };
        for (var plane = 0; plane < psf.Density.Geometry.PlaneCount; plane++)
            psf.Density.Plane(plane)[3 * psf.Density.Geometry.Width + 3] *= 1 + plane % 3;
        dataset = dataset with { Psf = psf };
        estimate.Update(dataset, Divided(dataset), default, TestContext.Current.CancellationToken);
        Assert.InRange(estimate.PixelsComputed, 1, 4 * ZonedField.ResponsePixels * ZonedField.ResponsePixels);
        AssertSame(Run(dataset).Maps, Region, estimate.ToMaps(), 1e-9);
    }

    [Fact]
    public void Zones_without_data_are_unfitted_until_data_come_and_a_dataset_without_any_is_refused()
    {
        var full = ZonedField.Dataset();
        var left = Masked(full, x => x < 30);
        var estimate = Create(left, Divided(left));
        var maps = estimate.ToMaps();
        for (var y = 0; y < Region.Height; y++)
        {
            Assert.False(double.IsNaN(maps.Find("ts")![0, y, 10]));
            Assert.True(double.IsNaN(maps.Find("ts")![0, y, 40]));
            Assert.Equal(0, maps.Find("success")![0, y, 40]);
        }

        estimate.Update(full, Divided(full), full.Grid.Region, TestContext.Current.CancellationToken);
        AssertSame(Run(full).Maps, Region, estimate.ToMaps(), 1e-9);
        Assert.Throws<MapException>(() => Run(Masked(full, _ => false)));
        Assert.Throws<MapException>(() => estimate.Update(
            Masked(full, _ => false), Divided(full), full.Grid.Region, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Data_outside_the_region_only_give_unfitted_maps()
    {
        var dataset = Masked(ZonedField.Dataset(), x => x < 5);
        var estimate = Create(dataset, Divided(dataset));
        Assert.All(estimate.ToMaps().Find("norm")!.Data, value => Assert.True(double.IsNaN(value)));
        Assert.Equal(estimate.ToMaps().ByteSize, estimate.ByteSize);
        var full = ZonedField.Dataset();
        estimate.Update(full, Divided(full), full.Grid.Region, TestContext.Current.CancellationToken);
        AssertSame(Run(full).Maps, Region, estimate.ToMaps(), 1e-9);
    }

    [Fact]
    public void Another_division_replaces_the_first()
    {
        var dataset = ZonedField.Dataset();
        var estimate = Create(dataset, Divided(dataset));
        estimate.Update(dataset, ResponseZones.One(dataset.Grid), default, TestContext.Current.CancellationToken);
        AssertSame(Estimator.Run([dataset], region: Region), Region, estimate.ToMaps(), 0);
    }

    [Fact]
    public void The_fit_of_a_position_is_that_of_its_zone()
    {
        var dataset = ZonedField.Dataset();
        var (maps, zones) = Run(dataset);
        var stack = PointStack.Create(dataset, null, Estimator.Options, zones);
        Assert.True(stack.ByteSize > PointStack.Create(dataset, null, Estimator.Options).ByteSize);
        Assert.True(stack.BytesOf(Region) > stack.BytesOf(new PixelRegion(20, 20, 1, 1)));
        using var likelihoods = stack.Open(Region);
        for (var y = Region.Y; y < Region.Bottom; y += 3)
            for (var x = Region.X; x < Region.Right; x += 2)
            {
                var fit = likelihoods.Fit(0, x, y, null, Estimator.Options.NSigmaUl);
                Assert.Equal(maps.Find("norm")![0, y - Region.Y, x - Region.X], fit.Norm, 1e-9);
                Assert.Equal(maps.Find("ts")![0, y - Region.Y, x - Region.X], fit.Ts, 1e-9);
            }
    }

    private static ResponseZones Divided(MapDataset dataset) => ResponseZones.Of(dataset, Estimator.Options);

    private static ZonedEstimate Create(MapDataset dataset, ResponseZones zones) =>
        ZonedEstimate.Create(Estimator, dataset, null, Region, zones, TestContext.Current.CancellationToken);

    private static (FluxMaps Maps, ResponseZones Zones) Run(MapDataset dataset)
    {
        var zones = Divided(dataset);
        return (Create(dataset, zones).ToMaps(), zones);
    }

    private static MapDataset Changed(MapDataset dataset, PixelRegion dirty, Random random)
    {
        var counts = dataset.Counts! with { Data = [.. dataset.Counts.Data] };
        for (var y = dirty.Y; y < dirty.Bottom; y++)
            for (var x = dirty.X; x < dirty.Right; x++) counts.Plane(1)[y * dataset.Grid.Width + x] += random.Next(3);
        return dataset with { Counts = counts };
    }

    private static MapDataset Masked(MapDataset dataset, Func<int, bool> isSafe)
    {
        var mask = new Map<bool>(dataset.Geometry);
        for (var i = 0; i < mask.Data.Length; i++) mask.Data[i] = isSafe(i % dataset.Grid.Width);
        return dataset with { MaskSafe = mask };
    }

    /// <param name="expected">Maps of a part of the region.</param>
    private static void AssertSame(FluxMaps expected, PixelRegion part, FluxMaps found, double tolerance)
    {
        Assert.Equal(expected.Stored.Order(), found.Stored.Order());
        foreach (var name in expected.Stored)
        {
            var (own, whole) = (expected.Find(name)!, found.Find(name)!);
            Assert.Equal((own.Geometry.PlaneCount, own.Unit), (whole.Geometry.PlaneCount, whole.Unit));
            for (var plane = 0; plane < own.Geometry.PlaneCount; plane++)
                for (var i = 0; i < own.Geometry.PlaneLength; i++)
                {
                    var (x, y) = (part.X - Region.X + i % part.Width, part.Y - Region.Y + i / part.Width);
                    var (a, b) = (own.Plane(plane)[i], whole[plane, y, x]);
                    Assert.True(
                        a.Equals(b) || Math.Abs(a - b) <= tolerance * Math.Max(1, Math.Abs(a)), $"{name} {x},{y}: {b:r}, expected {a:r}");
                }
        }
    }
}
