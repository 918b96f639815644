using TsMapSurvey.Estimators.Tests.Reference;
using TsMapSurvey.Likelihood;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Models;
using TsMapSurvey.SampleData;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Tests;

/// <summary>Every quantity of the estimator against the naive one, on small random datasets with all that real ones have.</summary>
public sealed class NaiveEstimatorTests
{
    private const int Width = 17;

    private const int Height = 9;

    private static readonly TsMapOptions Options = new()
    {
        KernelWidthDeg = 0.7,
        Rtol = 1e-8,
        NJobs = 2,
        NSigma = 1.5,
        NSigmaUl = 2.5,
        NSigmaSensitivity = 4,
        Selection = TsMapSelection.Ul | TsMapSelection.ErrnErrp | TsMapSelection.Sensitivity | TsMapSelection.StatScan,
        Model = new SkyModel(new PointSource(), new PowerLaw(2.2, 1e-13)),
    };

    public static TheoryData<int, bool, int> Cases =>
        new() { { 1, true, 1 }, { 2, false, 1 }, { 3, true, 2 }, { 4, false, 2 }, { 5, true, 3 }, { 6, false, 3 } };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_quantity_of_every_pixel_equals_the_naive_one(int seed, bool sum, int datasets) =>
        Compare(seed, Options with { SumOverEnergyGroups = sum }, datasets);

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_guess_below_the_threshold_stands_and_the_others_are_fitted(int seed, bool sum, int datasets)
    {
        var options = Options with { SumOverEnergyGroups = sum, Threshold = 1, Selection = TsMapSelection.None };
        var guessed = Compare(seed, options, datasets);
        Assert.InRange(guessed, 1, Width * Height - 1);
    }

    /// <summary>A square far wider than the PSF's disk: around a lone count lie pixels that have it in their square, but not under their
    /// kernel.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Counts_in_the_square_of_a_kernel_that_is_zero_there_are_no_counts(int seed, bool sum, int datasets)
    {
        var options = Options with { SumOverEnergyGroups = sum, KernelWidthDeg = 4 };
        MapDataset[] few = [.. Enumerable.Range(0, datasets).Select(i => Thinned(Random(10 * seed + i), seed + i))];
        Compare(few, options, lone: pixel => pixel.HasUnreachedCounts, leastLone: 5);
    }

    /// <summary>Of a kernel of one pixel, one entry has all the counts, unless there is one for each energy bin.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void A_kernel_of_one_pixel_has_its_norms_errors_and_limits(int seed, bool sum, int datasets)
    {
        MapDataset[] random = [.. Enumerable.Range(0, datasets).Select(i => Random(10 * seed + i))];
        Compare(random, Options with { SumOverEnergyGroups = sum, KernelWidthDeg = 0.1 }, lone: pixel =>
            pixel.Status.HasFlag(FitStatus.SingleEntry), leastLone: 5);
    }

    /// <summary>In how many pixels nothing was iterated.</summary>
    private static int Compare(int seed, TsMapOptions options, int count) =>
        Compare([.. Enumerable.Range(0, count).Select(i => Random(10 * seed + i))], options, _ => false, 0);

    /// <param name="lone">The pixels that the test is about, of which there are some.</param>
    private static int Compare(MapDataset[] datasets, TsMapOptions options, Func<NaivePixel, bool> lone, int leastLone)
    {
        var (maps, naive, guessed, found) = (new TsMapEstimator(options).Run(datasets), new NaiveEstimator(options, datasets), 0, 0);
        for (var y = 0; y < Height; y++)
            for (var x = 0; x < Width; x++)
            {
                var pixel = naive.At(x, y);
                double Found(string name, int plane = 0) => maps.Find(name)![plane, y, x];
                void Close(double expected, string name, double tolerance = 1e-7) => Assert.True(
                    double.IsNaN(expected) ? double.IsNaN(Found(name)) : Math.Abs(expected - Found(name)) <= tolerance * Math.Max(
                        1, Math.Abs(expected)), $"{name} of pixel {x}, {y} ({pixel?.Status}): {Found(name):r}, expected {expected:r}");
                if (pixel is null)
                {
                    foreach (var name in maps.Stored.Except(["success", "status"]))
                        Assert.True(double.IsNaN(Found(name)), $"{name} of pixel {x}, {y}");
                    Assert.Equal((0, 0), (Found("success"), Found("status")));
                    continue;
                }

                Close(pixel.Norm, "norm");
                Close(pixel.NormErr, "norm_err");
                Close(pixel.Ts, "ts");
                Close(pixel.Stats, "stat");
                Close(pixel.StatNull, "stat_null");
                Close(pixel.Npred, "npred");
                Close(pixel.NpredExcess, "npred_excess");
                Assert.Equal(pixel.Status.HasFlag(FitStatus.Converged) ? 1 : 0, Found("success"));
                Assert.Equal(pixel.Status, (FitStatus)Found("status") & ~(FitStatus.ErrorsOk | FitStatus.UpperLimitOk));
                if (Found("niter") == 0) guessed++;
                if (lone(pixel)) found++;
                if (options.Selection == TsMapSelection.None || pixel.Status == FitStatus.NoExposure) continue;
                Close(pixel.Sensitivity, "norm_sensitivity");
                Profile(maps, pixel, x, y);

                // Where the one counted entry has no μ at the bound, C starts there at its truncation.
                if (pixel.DistanceToPole < 1e-9) continue;
                Close(pixel.NormErrp, "norm_errp");
                // Where C grows enough only within a billionth of the pole, that place or none is right.
                if (!(Math.Abs(pixel.NormErrn - pixel.DistanceToPole) <= 1e-9 * pixel.DistanceToPole)) Close(pixel.NormErrn, "norm_errn");
                Close(pixel.NormUl, "norm_ul");
                Assert.Equal(pixel.Status.HasFlag(FitStatus.Converged), ((FitStatus)Found("status")).HasFlag(FitStatus.UpperLimitOk));
                Assert.Equal(double.IsFinite(Found("norm_errn")), ((FitStatus)Found("status")).HasFlag(FitStatus.ErrorsOk));
            }

        Assert.True(found >= leastLone, $"{found} of the pixels that this is about");
        return guessed;
    }

    /// <summary>The grid in ascending order without doubles, and C there less C(0).</summary>
    private static void Profile(FluxMaps maps, NaivePixel pixel, int x, int y)
    {
        var (low, high) = (maps.Geometry.Axes[0].Edges[0], maps.Geometry.Axes[0].Edges[^1]);
        var scale = maps.Model.Spectral.Differential(Math.Sqrt(low * high));
        var (values, stats, expected) = (maps.Find("dnde_scan_values")!, maps.Find("stat_scan")!, pixel.ScanGrid());
        double[] grid =
            [.. Enumerable.Range(0, values.Geometry.PlaneCount).Select(point => values[point, y, x] / scale).Where(double.IsFinite)];
        Assert.InRange(grid.Length, 90, 109);

        // The grid goes in steps of norm_err, of which eight digits are promised.
        var tolerance = 1e-7 * (1 + Math.Abs(pixel.At) + 10 * (pixel.NormErr > 0 ? pixel.NormErr : 0.1));
        for (var i = 1; i < grid.Length; i++) Assert.True(grid[i] > grid[i - 1]);
        Assert.All(expected, norm => Assert.Contains(grid, value => Math.Abs(value - norm) <= tolerance));
        for (var i = 0; i < grid.Length; i++)
        {
            Assert.Contains(expected, norm => Math.Abs(grid[i] - norm) <= tolerance);
            var rise = pixel.Stat(grid[i]) - pixel.StatNull;
            // Where the norm is huge, N Σ m and what is cut of it cancel.
            Assert.True(Math.Abs(rise - stats[i, y, x]) <= 1e-7 * Math.Max(1, Math.Abs(rise)) + 1e-14 * Math.Abs(grid[i] * pixel.Signal),
                $"stat_scan at {grid[i]:r} of pixel {x}, {y}: {stats[i, y, x]:r}, expected {rise:r}");
        }
    }

    /// <summary>All counts but three pixels' go.</summary>
    private static MapDataset Thinned(MapDataset dataset, int seed)
    {
        var counts = dataset.Counts! with { Data = new double[dataset.Counts.Data.Length] };
        for (var i = 0; i < 3; i++) counts.Data[(7919 * (seed + i) + 131 * i) % counts.Data.Length] = 1 + i;
        return dataset with { Counts = counts };
    }

    /// <summary>
    /// Few counts; bins masked one by one and whole; holes in the exposure; a NaN in the background; a mask of the user's own in every
    /// other one.
    /// </summary>
    private static MapDataset Random(int seed)
    {
        var plain = Samples.Observation(
            seed, new PixelRegion(40, 25, Width, Height), edispMap: seed % 3 == 0, rate: 0.05 + 0.1 * (seed % 4), masked: false);
        var random = new Random(seed);
        var dark = new bool[Width * Height];
        for (var i = 0; i < dark.Length; i++) dark[i] = i % Width < 2 || random.Next(12) == 0;
        dark[Height / 2 * Width + Width / 2] = false;
        return plain with
        {
            MaskSafe = new Map<bool>(plain.Geometry, [.. Enumerable.Range(0, plain.Geometry.Count)
                .Select(i => random.Next(5) > 0 && i % Width != Width - 1 - i / plain.Geometry.PlaneLength)]),
            MaskFit = seed % 2 == 0 ? null : new Map<bool>(plain.Geometry,
                [.. Enumerable.Range(0, plain.Geometry.Count).Select(i => i / plain.Geometry.PlaneLength != 1 || i % 3 > 0)]),
            Background =
                plain.Background! with { Data = [.. plain.Background.Data.Select(value => random.Next(30) == 0 ? double.NaN : value)] },
            Exposure = plain.Exposure! with { Data = [.. plain.Exposure.Data.Select((value, i) => dark[i % dark.Length] ? 0 : value)] },
        };
    }
}
