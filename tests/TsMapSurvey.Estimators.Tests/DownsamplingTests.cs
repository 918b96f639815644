using TsMapSurvey.Estimators.Downsampling;
using TsMapSurvey.Estimators.Tests.Reference;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Models;
using TsMapSurvey.SampleData;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Tests;

public sealed class DownsamplingTests
{
    private static readonly TsMapOptions Options = new()
    {
        KernelWidthDeg = 0.9,
        Rtol = 1e-8,
        NJobs = 2,
        DownsamplingFactor = 2,
        Model = new SkyModel(new PointSource(), new PowerLaw(2, 1e-13)),
    };

    public static TheoryData<int, int, int> Shapes =>
        new() { { 40, 30, 2 }, { 37, 26, 2 }, { 37, 26, 4 }, { 26, 41, 4 }, { 33, 33, 8 }, { 41, 40, 16 }, { 16, 5, 2 } };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_size_equals_the_naive_sums_and_interpolation(int width, int height, int factor)
    {
        var (dataset, options) =
            (Samples.Observation(region: new PixelRegion(30, 10, width, height), rate: 2), Options with { DownsamplingFactor = factor });
        var maps = new TsMapEstimator(options).Run([dataset]);
        var naive = NaiveDownsampling.Run(dataset, options, maps.Geometry);
        Assert.Equal((width, height), (maps.Geometry.Width, maps.Geometry.Height));
        var valid = 0;
        for (var i = 0; i < width * height; i++)
        {
            Close(naive.Norm[i], maps.Find("norm")!.Data[i], i);
            Close(naive.SqrtTs[i], maps.Find("sqrt_ts")!.Data[i], i);
            Close(naive.SqrtTs[i] * naive.SqrtTs[i], maps.Find("ts")!.Data[i], i);
            if (!double.IsNaN(naive.SqrtTs[i])) valid++;
        }

        Assert.InRange(valid, width * height / 4, width * height);
    }

    [Fact]
    public void A_pixel_has_a_value_where_its_block_was_fitted_so_there_is_no_ring()
    {
        var dataset = Samples.Observation(rate: 2);
        var maps = new TsMapEstimator(Options with { DownsamplingFactor = 4 }).Run([dataset]);
        for (var i = 0; i < maps.Geometry.PlaneLength; i++)
        {
            Assert.Equal(maps.Find("success")!.Data[i] == 1, double.IsFinite(maps.Find("norm")!.Data[i]));
            if (Enumerable.Range(0, 3).Any(k => dataset.MaskSafe!.Plane(k)[i]))
                Assert.True(double.IsFinite(maps.Find("ts")!.Data[i]), $"pixel {i} is safe and has no TS");
        }
    }

    [Fact]
    public void What_is_lost_and_what_is_kept_by_the_sums()
    {
        var plain = Samples.Observation(rate: 2);
        var background = plain.Background! with { Data = [.. plain.Background.Data.Select((value, i) => i % 7 == 0 ? double.NaN : value)] };
        var dataset = plain with
        {
            Background = background,
            MaskFit = new Map<bool>(plain.MaskSafe!.Geometry, [.. plain.MaskSafe.Data.Select((_, i) => i % 11 == 0)])
        };
        var blocks = CoarseGrid.OfMap(dataset.Grid, 4, 4);
        var reduced = blocks.Reduce(new InMemoryDataset(dataset), TestContext.Current.CancellationToken);
        var naive = NaiveDownsampling.Reduce(dataset, blocks.Coarse, 4);
        Assert.Equal(naive.Counts!.Data, reduced.Counts!.Data);
        Assert.Equal(naive.MaskSafe!.Data, reduced.MaskSafe!.Data);
        Assert.Equal(naive.MaskFit!.Data, reduced.MaskFit!.Data);
        Assert.Equal(Enumerable.Range(0, dataset.Geometry.Count)
            .Sum(i => dataset.MaskSafe!.Data[i] ? dataset.Counts!.Data[i] : 0), reduced.Counts.Data.Sum());
        for (var i = 0; i < naive.Background!.Data.Length; i++) Assert.Equal(naive.Background.Data[i], reduced.Background!.Data[i], 1e-12);
        for (var i = 0; i < naive.Exposure!.Data.Length; i++) Assert.Equal(
            1, (naive.Exposure.Data[i] + 1) / (reduced.Exposure!.Data[i] + 1), 1e-12);
    }

    [Fact]
    public void Tiles_of_one_grid_give_the_pixels_of_the_whole()
    {
        var whole = Samples.Observation(region: new PixelRegion(0, 0, 100, 60), rate: 2, masked: false);
        var options = Options with { DownsamplingFactor = 4 };
        var halo = TsMapEstimator.HaloPixels([options], 0.1, 1);
        var everything = new TsMapEstimator(options).Run([whole], whole, new PixelRegion(20, 20, 50, 20));
        foreach (var owned in new[] { new PixelRegion(20, 20, 25, 20), new PixelRegion(45, 20, 25, 20) })
        {
            var tile = Cut(whole, owned.Grow(halo).Intersect(whole.Grid.Region));
            var maps = new TsMapEstimator(options).Run([tile.Dataset], whole, owned.Shift(-tile.Region.X, -tile.Region.Y));
            for (var y = 0; y < owned.Height; y++)
                for (var x = 0; x < owned.Width; x++)
                    foreach (var name in new[] { "norm", "sqrt_ts", "npred" })
                        Close(everything.Find(name)![0, y, x + owned.X - 20], maps.Find(name)![0, y, x], y * owned.Width + x);
        }
    }

    [Fact]
    public void A_factor_of_one_changes_nothing_and_other_factors_are_refused()
    {
        var dataset = Samples.Observation();
        var (plain, one) = (new TsMapEstimator(Options with { DownsamplingFactor = null })
            .Run([dataset]), new TsMapEstimator(Options with { DownsamplingFactor = 1 }).Run([dataset]));
        foreach (var name in plain.Stored) Assert.Equal(plain.Find(name)!.Data, one.Find(name)!.Data);
        foreach (var factor in new[] { 0, -2, 3, 6, 128 })
            Assert.Contains("downsampling_factor: found", Assert.Throws<MapException>(
                () => new TsMapEstimator(Options with { DownsamplingFactor = factor })).Message, StringComparison.Ordinal);
    }

    private static (MapDataset Dataset, PixelRegion Region) Cut(MapDataset whole, PixelRegion region)
    {
        Map<T> Part<T>(Map<T> map)
            where T : unmanaged
        {
            var part = new Map<T>(map.Geometry.WithGrid(whole.Grid.Cutout(region)), map.Unit);
            for (var i = 0; i < part.Data.Length; i++)
                part.Data[i] = map[i / part.Geometry.PlaneLength, i / region.Width % region.Height + region.Y, i % region.Width + region.X];
            return part;
        }

        return (whole with
        {
            Counts = Part(whole.Counts!),
            Background = Part(whole.Background!),
            Exposure = Part(whole.Exposure!),
            MaskSafe = Part(whole.MaskSafe!)
        }, region);
    }

    private static void Close(double expected, double found, int pixel) => Assert.True(
        (double.IsNaN(expected) && double.IsNaN(found))
            || Math.Abs(expected - found) <= 1e-7 * Math.Max(1, Math.Abs(expected)), $"pixel {pixel}: {found}, expected {expected}");
}
