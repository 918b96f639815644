using TsMapSurvey.Estimators.Incremental;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Models;
using TsMapSurvey.SampleData;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Tests;

/// <summary>Maps brought up to date against the same maps from scratch.</summary>
public sealed class IncrementalEstimateTests
{
    private static readonly PixelRegion Region = new(5, 2, 61, 57);

    private static readonly TsMapOptions Options = new()
    { KernelWidthDeg = 0.9, NJobs = 2, Model = new SkyModel(new PointSource(), new PowerLaw(2, 1e-13)) };

    public static TheoryData<string> Cases =>
        ["plain", "joint", "cube", "bands", "profile", "threshold", "irfs", "wanted", "downsampled", "source"];

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_update_of_random_regions_is_the_map_from_scratch(string name)
    {
        MapDataset[] datasets = [Samples.Observation(region: Region, rate: 1)];
        if (name == "joint") datasets = [datasets[0], Samples.Observation(2, Region, edispMap: true)];
        var irfs = name == "irfs" ? Samples.Observation(7, Region) : null;
        var options = name switch
        {
            "cube" => Options with { SumOverEnergyGroups = false },
            "bands" => Options with { AllEnergyBins = true },
            "profile" => Options with
            {
                Selection =
                TsMapSelection.Ul | TsMapSelection.ErrnErrp | TsMapSelection.Sensitivity | TsMapSelection.StatScan,
                EnergyEdgesTeV = [1, 2.2, 10]
            },
            "threshold" => Options with { Threshold = 4 },
            "downsampled" => Options with { DownsamplingFactor = 2 },
            "source" => Options with
            {
                BackgroundModels =
                [new SkyModel(new PointSource(), new PowerLaw(2, 1e-13)) { Position = datasets[0].Grid.Centre }]
            },
            _ => Options,
        };
        PixelRegion? wanted = name == "wanted" ? new PixelRegion(9, 7, 43, 41) : null;
        var estimator = new TsMapEstimator(options);
        var estimate = IncrementalEstimate.Create(estimator, datasets, irfs, wanted, TestContext.Current.CancellationToken);
        var all = wanted ?? datasets[0].Grid.Region;
        var random = new Random(5);
        PixelRegion[] corners = [new(0, 0, 3, 2), new(58, 55, 3, 2), new(60, 0, 1, 1), new(30, 28, 1, 1)];
        foreach (var dirty in corners.Concat(
            Enumerable.Range(0, 4).Select(_ => new PixelRegion(random.Next(50), random.Next(45), random.Next(1, 11), random.Next(1, 12)))))
        {
            datasets = [Changed(datasets[0], dirty, random), .. datasets[1..]];
            estimate.Update(datasets, dirty, TestContext.Current.CancellationToken);
            AssertSame(estimator.Run(datasets, irfs, wanted, cancellationToken: TestContext.Current.CancellationToken), estimate.Maps);
            if (name is "downsampled" or "source") Assert.Equal(all, estimate.Computed);
            else if (name == "irfs") Assert.InRange(estimate.Computed.Area, 1, (dirty.Width + 8 + 14) * (dirty.Height + 8 + 14));
        }
    }

    [Fact]
    public void Nothing_is_fitted_where_nothing_changed_and_everything_where_the_response_moved()
    {
        var dataset = Samples.Observation(region: Region);
        var estimate =
            IncrementalEstimate.Create(new TsMapEstimator(Options), [dataset], null, null, TestContext.Current.CancellationToken);
        estimate.Update([dataset], default, TestContext.Current.CancellationToken);
        Assert.True(estimate.Computed.IsEmpty);
        foreach (var moved in new[] { dataset with { Psf = null }, dataset with { Edisp = null } })
        {
            estimate.Update([moved], new PixelRegion(3, 3, 1, 1), TestContext.Current.CancellationToken);
            Assert.Equal(dataset.Grid.Region, estimate.Computed);
            AssertSame(new TsMapEstimator(Options).Run([moved], cancellationToken: TestContext.Current.CancellationToken), estimate.Maps);
        }
    }

    [Fact]
    public void A_dataset_that_lost_all_of_its_background_is_refused_as_from_scratch()
    {
        var dataset = Samples.Observation(region: Region);
        var empty = dataset with { Background = new Map<double>(dataset.Geometry) };
        var irfs = Samples.Observation(7, Region);
        var estimate =
            IncrementalEstimate.Create(new TsMapEstimator(Options), [dataset], irfs, null, TestContext.Current.CancellationToken);
        var before = estimate.Maps.Find("norm")!.Data.ToArray();
        Assert.Throws<MapException>(() => estimate.Update([empty], dataset.Grid.Region, TestContext.Current.CancellationToken));
        Assert.Equal(before, estimate.Maps.Find("norm")!.Data);
    }

    [Fact]
    public void One_more_observation_on_one_of_sixteen_blocks_costs_its_share_of_pixels()
    {
        var grid = Samples.SurveyGrid.Cutout(0, 0, 512, 512);
        var cube = new MapGeometry(grid, Samples.Energy);
        var dataset = Samples.Observation() with
        {
            Counts = new Map<double>(cube),
            Background = Filled(cube, 0.3),
            MaskSafe = null,
            Exposure = Filled(new MapGeometry(grid, Samples.EnergyTrue), 1e10),
        };
        var random = new Random(3);
        dataset = Changed(dataset, grid.Region, random);
        var estimate = IncrementalEstimate.Create(
            new TsMapEstimator(Options), [dataset], Samples.Observation(), null, TestContext.Current.CancellationToken);
        var dirty = new PixelRegion(128, 256, 128, 128);
        estimate.Update([Changed(dataset, dirty, random)], dirty, TestContext.Current.CancellationToken);
        var reach = dirty.Grow(4);
        Assert.True(estimate.Computed.Contains(reach));
        Assert.InRange(estimate.Computed.Area, reach.Area, 1.3 * dirty.Area);
    }

    private static Map<double> Filled(MapGeometry geometry, double value)
    {
        var map = new Map<double>(geometry);
        Array.Fill(map.Data, value);
        return map;
    }

    /// <summary>Other counts, background, exposure and mask in a region.</summary>
    private static MapDataset Changed(MapDataset dataset, PixelRegion dirty, Random random)
    {
        var (counts, background, exposure) = (Copy(dataset.Counts!), Copy(dataset.Background!), Copy(dataset.Exposure!));
        var safe = dataset.MaskSafe is { } mask ? Copy(mask) : null;
        var width = dataset.Grid.Width;
        for (var y = dirty.Y; y < dirty.Bottom; y++)
            for (var x = dirty.X; x < dirty.Right; x++)
            {
                for (var k = 0; k < dataset.Energy.BinCount; k++)
                {
                    counts.Plane(k)[y * width + x] += random.Next(3);
                    background.Plane(k)[y * width + x] += random.NextDouble();
                    if (safe is not null) safe.Plane(k)[y * width + x] = random.Next(4) > 0;
                }

                for (var j = 0; j < exposure.Geometry.PlaneCount; j++) exposure.Plane(j)[y * width + x] *= 1.2;
            }

        return dataset with { Counts = counts, Background = background, Exposure = exposure, MaskSafe = safe };
    }

    private static Map<T> Copy<T>(Map<T> map)
        where T : unmanaged => map with { Data = [.. map.Data] };

    private static void AssertSame(FluxMaps expected, FluxMaps found)
    {
        Assert.Equal(expected.Stored, found.Stored);
        Assert.Equal(expected.Warnings, found.Warnings);
        Assert.Equal(expected.Gti!.Intervals, found.Gti!.Intervals);
        foreach (var name in expected.Stored)
        {
            var (a, b) = (expected.Find(name)!, found.Find(name)!);
            Assert.Equal((a.Geometry.Count, a.Unit), (b.Geometry.Count, b.Unit));
            var scale = Math.Min(1, a.Data.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max());
            for (var i = 0; i < a.Data.Length; i++)
                Assert.True(a.Data[i].Equals(b.Data[i]) || Math.Abs(a.Data[i] - b.Data[i]) <= 1e-9 * Math.Max(scale, Math.Abs(a.Data[i])),
                    $"{name}, {i}: {b.Data[i]:r}, expected {a.Data[i]:r}");
        }
    }
}
