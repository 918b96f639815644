using TsMapSurvey.Estimators.Tests.Reference;
using TsMapSurvey.Likelihood;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Models;
using TsMapSurvey.SampleData;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Tests;

public sealed class EstimatorTests
{
    private static readonly TsMapOptions Options = new()
    { KernelWidthDeg = 0.9, Rtol = 1e-8, NJobs = 2, Model = new SkyModel(new PointSource(), new PowerLaw(2, 1e-13)) };

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Every_pixel_equals_the_naive_fit(bool sum, bool masked)
    {
        var (dataset, options) = (Samples.Observation(masked: masked), Options with { SumOverEnergyGroups = sum });
        var maps = new TsMapEstimator(options).Run([dataset]);
        var naive = new NaiveEstimator(options, dataset);
        for (var y = 0; y < dataset.Grid.Height; y += 2)
            for (var x = 0; x < dataset.Grid.Width; x++)
            {
                if (double.IsNaN(maps.Find("ts")![0, y, x])) continue;
                var expected = naive.At(x, y)!;
                Close(expected.Norm, maps.Find("norm")![0, y, x], x, y);
                Close(expected.Ts, maps.Find("ts")![0, y, x], x, y);
                Close(expected.StatNull, maps.Find("stat_null")![0, y, x], x, y);
                Close(expected.Npred, maps.Find("npred")![0, y, x], x, y);
            }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Each_energy_bin_has_its_own_mask(int bin)
    {
        var sample = Samples.Observation(masked: false);
        var masks = new Map<bool>(sample.Geometry);
        for (var k = 0; k < 3; k++)
            for (var i = 0; i < masks.Geometry.PlaneLength; i++) masks.Plane(k)[i] = i % sample.Grid.Width >= 5 * (k + 1);
        var edges = Samples.Energy.Edges;
        var maps = new TsMapEstimator(Options with { EnergyEdgesTeV = [edges[bin], edges[bin + 1]] })
            .Run([sample with { MaskSafe = masks }]);
        for (var x = 0; x < sample.Grid.Width; x++) Assert.Equal(x < 5 * (bin + 1), double.IsNaN(maps.Find("stat_null")![0, 12, x]));
    }

    [Fact]
    public void A_norm_whose_root_was_not_found_is_not_given()
    {
        var maps = new TsMapEstimator(Options with { MaxNiter = 1, Rtol = 1e-12 }).Run([Samples.Observation(masked: false)]);
        var (norm, success, status) = (maps.Find("norm")!.Data, maps.Find("success")!.Data, maps.Find("status")!.Data);
        int[] failed =
            [.. Enumerable.Range(0, norm.Length).Where(i => success[i] == 0 && !((FitStatus)(int)status[i]).HasFlag(FitStatus.NoCounts))];
        Assert.NotEmpty(failed);
        Assert.All(failed, i => Assert.True(double.IsNaN(norm[i]), $"pixel {i} has the norm {norm[i]}"));
    }

    [Fact]
    public void A_region_of_the_map_equals_that_region_of_the_whole_map()
    {
        var (dataset, region) = (Samples.Observation(), new PixelRegion(7, 5, 20, 13));
        var whole = new TsMapEstimator(Options).Run([dataset]);
        var part = new TsMapEstimator(Options).Run([dataset], region: region);
        Assert.Equal((20, 13), (part.Geometry.Width, part.Geometry.Height));
        for (var y = 0; y < region.Height; y++)
            for (var x = 0; x < region.Width; x++)
                Close(whole.Find("norm")![0, y + 5, x + 7], part.Find("norm")![0, y, x], x, y);
    }

    [Fact]
    public void The_number_of_threads_does_not_change_a_bit()
    {
        var dataset = Samples.Observation();
        var one = new TsMapEstimator(Options with { NJobs = 1 }).Run([dataset]);
        var many = new TsMapEstimator(Options with { NJobs = 4 }).Run([dataset]);
        foreach (var name in one.Stored) Assert.Equal(one.Find(name)!.Data, many.Find(name)!.Data);
    }

    [Fact]
    public void The_source_is_found_where_it_was_put()
    {
        var maps = new TsMapEstimator(Options).Run([Samples.Observation()]);
        var sqrtTs = maps.Find("sqrt_ts")!;
        var brightest = Enumerable.Range(0, sqrtTs.Data.Length).Where(i => !double.IsNaN(sqrtTs.Data[i])).MaxBy(i => sqrtTs.Data[i]);
        Assert.InRange(brightest % 40, 18, 22);
        Assert.InRange(brightest / 40, 13, 17);
        Assert.InRange(sqrtTs.Data[brightest], 5, 50);
    }

    [Fact]
    public void Two_halves_of_the_exposure_fitted_jointly_give_the_norm_of_the_whole()
    {
        var whole = Samples.Observation();
        MapDataset Half(double share) => whole with
        {
            Counts = whole.Counts! with { Data = Array.ConvertAll(whole.Counts.Data, value => value * share) },
            Background = whole.Background! with { Data = Array.ConvertAll(whole.Background.Data, value => value * share) },
            Exposure = whole.Exposure! with { Data = Array.ConvertAll(whole.Exposure.Data, value => value * share) },
        };
        var joint = new TsMapEstimator(Options).Run([Half(0.25), Half(0.75)]);
        var alone = new TsMapEstimator(Options).Run([whole]);
        foreach (var quantity in new[] { "norm", "norm_err", "ts" })
            foreach (var i in Enumerable.Range(0, alone.Geometry.Count).Where(i => alone.Find("success")!.Data[i] == 1))
                Close(alone.Find(quantity)!.Data[i], joint.Find(quantity)!.Data[i], i, 0);
    }

    [Fact]
    public void Masked_pixels_stay_empty_and_pixels_without_exposure_say_so()
    {
        var dataset = Samples.Observation();
        var dark = dataset with
        {
            Exposure = new Map<double>(
            dataset.Exposure!.Geometry, [.. dataset.Exposure.Data.Select((value, i) => i % 40 < 25 ? 0 : value)], "m2 s")
        };
        var maps = new TsMapEstimator(Options).Run([dark]);
        Assert.True(double.IsNaN(maps.Find("ts")![0, 0, 0]));
        Assert.Equal((double)Likelihood.FitStatus.NoExposure, maps.Find("status")![0, 15, 12]);
        Assert.True(double.IsNaN(maps.Find("norm")![0, 15, 12]));
        Assert.False(double.IsNaN(maps.Find("norm")![0, 15, 27]));
    }

    [Fact]
    public void A_dataset_without_background_is_refused_with_its_name()
    {
        var failure =
            Assert.Throws<MapException>(() => new TsMapEstimator(Options).Run([Samples.Observation() with { Background = null }]));
        Assert.Contains("obs-1 has no BACKGROUND", failure.Message, StringComparison.Ordinal);
        var nothing = Samples.Observation();
        var empty = nothing with { MaskSafe = new Map<bool>(nothing.MaskSafe!.Geometry) };
        Assert.Contains("all pixels are masked from 1 to 10 TeV; nothing can be fitted",
            Assert.Throws<MapException>(() => new TsMapEstimator(Options).Run([empty])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_out_of_range_are_listed_all_at_once()
    {
        var failure = Assert.Throws<MapException>(() => new TsMapEstimator(Options with { Rtol = 2, NJobs = 0, NSigma = double.NaN }));
        foreach (var name in new[] { "rtol", "n_jobs", "n_sigma" }) Assert.Contains(name, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_run_stops()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(
            () => new TsMapEstimator(Options).Run([Samples.Observation()], cancellationToken: cancelled.Token));
    }

    private static void Close(double expected, double found, int x, int y)
    {
        if (double.IsNaN(expected) && double.IsNaN(found)) return;
        Assert.True(Math.Abs(expected - found) <= 1e-7 * Math.Max(1, Math.Abs(expected)), $"pixel {x}, {y}: {found}, expected {expected}");
    }
}
