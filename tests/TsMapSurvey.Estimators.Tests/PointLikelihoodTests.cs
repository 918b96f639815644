using TsMapSurvey.Estimators.Points;
using TsMapSurvey.Models;
using TsMapSurvey.SampleData;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Tests;

public sealed class PointLikelihoodTests
{
    /// <summary>Errors and limits are roots, which two searches from different starts find to this relative precision.</summary>
    private const double RootPrecision = 1e-8;

    private static readonly TsMapOptions Options = new()
    {
        KernelWidthDeg = 0.9,
        Selection = TsMapSelection.Ul | TsMapSelection.ErrnErrp,
        Model = new SkyModel(new PointSource(), new PowerLaw(2.4, 3e-13, 2)),
        NSigma = 1.5,
        NSigmaUl = 2.5,
    };

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(false, false)]
    public void The_fit_of_a_pixel_is_that_of_the_map(bool sum, bool allBins)
    {
        var dataset = Samples.Observation(1);
        var options = Options with { SumOverEnergyGroups = sum, AllEnergyBins = allBins };
        var maps = new TsMapEstimator(options).Run([dataset]);
        var stack = PointStack.Create(dataset, null, options);
        using var likelihoods = stack.Open(dataset.Grid.Region);
        var (compared, unfitted) = (0, 0);
        for (var bin = 0; bin < maps.Geometry.PlaneCount; bin++)
            for (var y = 0; y < maps.Geometry.Height; y += 2)
                for (var x = 0; x < maps.Geometry.Width; x++)
                {
                    var fit = likelihoods.Fit(bin, x, y, null, options.NSigmaUl);
                    void Same(string name, double own, double precision = 1e-9)
                    {
                        var expected = maps.Find(name)![bin, y, x];
                        Assert.True(
                            double.IsNaN(expected) ? double.IsNaN(own)
                                : Math.Abs(own - expected) <= precision * Math.Abs(expected) + 1e-9,
                            FormattableString.Invariant($"{name} of {x},{y} in bin {bin}: {own}, the map has {expected}"));
                    }

                    Same("norm", fit.Norm);
                    Same("norm_err", fit.NormErr, RootPrecision);
                    Same("norm_errn", fit.NormErrn, RootPrecision);
                    Same("norm_errp", fit.NormErrp, RootPrecision);
                    Same("norm_ul", fit.NormUl, RootPrecision);
                    Same("ts", fit.Ts);
                    Same("stat", fit.Stat);
                    Same("npred", fit.Npred);
                    Same("status", (double)fit.Status);
                    if (double.IsNaN(fit.Norm)) unfitted++;
                    else compared++;
                }

        Assert.True(compared > 300 && unfitted > 0, $"{compared} fitted, {unfitted} not");
    }

    [Fact]
    public void A_pixels_result_does_not_depend_on_the_other_pixels_asked_for()
    {
        var dataset = Samples.Observation(1);
        var stack = PointStack.Create(dataset, null, Options);
        using var all = stack.Open(dataset.Grid.Region);
        all.Fit(0, 3, 12, null, 2);
        using var one = stack.Open(new PixelRegion(18, 12, 1, 1));
        Assert.Equal(one.Fit(0, 18, 12, null, 3), all.Fit(0, 18, 12, null, 3));
        Assert.Equal(one.Scan(0, 18, 12, 0.5).Norm, all.Scan(0, 18, 12, 0.5).Norm);
    }

    [Fact]
    public void The_profile_has_the_limits_of_every_confidence()
    {
        var dataset = Samples.Observation(1);
        var stack = PointStack.Create(dataset, null, Options);
        using var likelihoods = stack.Open(new PixelRegion(18, 12, 1, 1));
        var best = likelihoods.Fit(0, 18, 12, null, 1);
        var profile = likelihoods.Scan(0, 18, 12, best.Norm);
        Assert.Equal(best.Norm, profile.Norm[profile.NSigma.ToList().IndexOf(0)]);
        Assert.Equal(profile.Norm.Order(), profile.Norm);
        foreach (var sigma in new[] { 0.5, 1, 2, 3, 5 })
        {
            var limit = likelihoods.Fit(0, 18, 12, null, sigma).NormUl;
            Assert.Equal(limit, profile.Norm[profile.NSigma.ToList().FindIndex(n => Math.Abs(n - sigma) < 1e-9)], 1e-9);
            // The statistic at the limit exceeds its minimum by the square.
            Assert.Equal(sigma * sigma, best.Ts - likelihoods.Fit(0, 18, 12, limit, 1).Ts, 1e-5);
        }
    }

    /// <summary>The kernel is a disk on uniform maps, so that the weights are those of a sum over its pixels.</summary>
    [Fact]
    public void Sums_under_the_kernel_have_the_weights_of_the_least_squares()
    {
        var dataset = Samples.Observation(1, masked: false);
        var kernel = new TsMapEstimator(Options).EstimateKernels([dataset]).Of(0)[0];
        var (half, size) = (kernel.Half, kernel.Size);
        var planes = dataset.Energy.BinCount;
        double K(int i) => Enumerable.Range(0, planes).Sum(plane => kernel.Planes[plane][i]) / planes;
        var (counts, background, exposure, sum, square) = (0.0, 0.0, 0.0, 0.0, 0.0);
        var shown = BandExposure.Of(dataset, Options, 0, dataset.Grid.Region);
        for (var i = 0; i < size * size; i++)
        {
            var (x, y) = (18 + i % size - half, 12 + i / size - half);
            counts += K(i) * Enumerable.Range(0, planes).Sum(plane => dataset.Counts![plane, y, x]);
            background += K(i) * Enumerable.Range(0, planes).Sum(plane => dataset.Background![plane, y, x]);
            exposure += K(i) * shown[y * dataset.Grid.Width + x];
            sum += K(i);
            square += K(i) * K(i);
        }

        using var likelihoods = PointStack.Create(dataset, null, Options).Open(new PixelRegion(18, 12, 1, 1));
        var kernelSums = likelihoods.Fit(0, 18, 12, null, 2).Kernel;
        Assert.Equal(counts / square, kernelSums.Counts, 1e-9 * counts / square);
        Assert.Equal(background / square, kernelSums.Background, 1e-9 * background / square);
        Assert.Equal(exposure / sum, kernelSums.ExposureM2S, 1e-9 * exposure / sum);
    }

    [Fact]
    public void A_map_that_is_down_sampled_is_fitted_on_the_stacks_own_pixels()
    {
        var dataset = Samples.Observation(1);
        using var fine = PointStack.Create(dataset, null, Options).Open(new PixelRegion(18, 12, 1, 1));
        using var coarse = PointStack.Create(dataset, null, Options with { DownsamplingFactor = 2 }).Open(new PixelRegion(18, 12, 1, 1));
        Assert.Equal(fine.Fit(0, 18, 12, null, 2), coarse.Fit(0, 18, 12, null, 2));
    }

    [Theory]
    [InlineData(0.6826894921370859, 1)]
    [InlineData(0.95, 1.959963984540054)]
    [InlineData(0.9973002039367398, 3)]
    public void A_confidence_is_a_number_of_standard_deviations(double confidence, double sigma)
    {
        Assert.Equal(sigma, ConfidenceLevel.Sigma(confidence), 1e-9);
        Assert.Equal(confidence, ConfidenceLevel.Of(sigma), 1e-9);
        Assert.InRange(ConfidenceLevel.Sigma(ConfidenceLevel.Max), 7, ConfidenceLevel.MaxSigma);
    }
}
