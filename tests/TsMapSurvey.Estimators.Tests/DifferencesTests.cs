using TsMapSurvey.Estimators.Kernels;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Irf;
using TsMapSurvey.Models;
using TsMapSurvey.SampleData;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Tests;

/// <summary>
/// Rows of the table "Where we differ from gammapy on purpose" that are about options, IRFs and kernels; ExtremePixelTests has those about
/// pixels.
/// </summary>
public sealed class DifferencesTests
{
    private static readonly TsMapOptions Options = new()
    { KernelWidthDeg = 0.9, Rtol = 1e-8, NJobs = 2, Model = new SkyModel(new PointSource(), new PowerLaw(2, 1e-13)) };

    [Fact]
    public void The_sensitivity_follows_n_sigma_sensitivity_and_is_never_missing_where_there_is_exposure()
    {
        var dataset = Samples.Observation();
        double[] At(double nSigma) => new TsMapEstimator(Options with
        {
            Selection = TsMapSelection.Sensitivity,
            NSigmaSensitivity = nSigma
        }).Run([dataset]).Find("norm_sensitivity")!.Data;
        var (three, five, standard) =
            (At(3), At(5), new TsMapEstimator(Options with { Selection = TsMapSelection.Sensitivity }).Run([dataset]));
        Assert.Equal(five, standard.Find("norm_sensitivity")!.Data);
        for (var i = 0; i < five.Length; i++)
        {
            if (standard.Find("status")!.Data[i] == 0) continue;
            Assert.True(five[i] > 0 && three[i] > 0);
            // Between the many-background limit, in proportion to n_sigma, and the background-free one, in proportion to its square.
            Assert.InRange(five[i] / three[i], 5 / 3.0, 25 / 9.0);
        }
    }

    [Fact]
    public void The_profile_is_additional_and_two_runs_give_the_same_grid()
    {
        var dataset = Samples.Observation();
        FluxMaps Run(TsMapSelection selection) => new TsMapEstimator(Options with { Selection = selection }).Run([dataset]);
        var (plain, first, second) =
            (Run(TsMapSelection.Ul), Run(TsMapSelection.Ul | TsMapSelection.StatScan), Run(TsMapSelection.Ul | TsMapSelection.StatScan));
        foreach (var name in plain.Stored) Assert.Equal(plain.Find(name)!.Data, first.Find(name)!.Data);
        foreach (var name in first.Stored) Assert.Equal(first.Find(name)!.Data, second.Find(name)!.Data);
    }

    [Fact]
    public void Psf_planes_are_matched_by_energy()
    {
        var plain = Samples.Observation();
        // As many planes as the exposure has, at other energies; and the density interpolated between them for each energy of the exposure.
        var wide = MapAxis.EnergyBins("energy_true", 0.2, 50, 5);
        double[] sigmas = [0.14, 0.12, 0.1, 0.08, 0.06];
        double Interpolated(int plane, double rad)
        {
            var pixel = wide.CoordinateToPixel(Samples.EnergyTrue.Centers[plane]);
            var lower = Math.Min((int)pixel, 3);
            return (1 - pixel + lower) * Gauss(sigmas[lower], rad) + (pixel - lower) * Gauss(sigmas[lower + 1], rad);
        }

        var (found, expected) = (new TsMapEstimator(Options).EstimateKernel(WithPsf(plain, wide, sigmas)), new TsMapEstimator(Options)
            .EstimateKernel(WithPsf(plain, Samples.EnergyTrue, Interpolated)));
        var byIndex = new TsMapEstimator(Options).EstimateKernel(WithPsf(plain, Samples.EnergyTrue, sigmas));
        Assert.Equal(expected.Size, found.Size);
        double Off(SourceKernel kernel, int k) =>
            kernel.Planes[k].Zip(expected.Planes[k]).Max(pair => Math.Abs(pair.First - pair.Second)) / expected.Planes[k].Max();

        // The planes are cut where the PSF's own plane contains 99.9 %.
        for (var k = 0; k < 3; k++) Assert.InRange(Off(found, k), 0, 0.01);
        Assert.InRange(Off(byIndex, 0), 0.05, 1);
    }

    /// <summary>
    /// As in gammapy (DECISIONS.md): planes of the exposure beyond the number of those of the PSF count only where nothing else does, and
    /// then the nearest energy's PSF serves.
    /// </summary>
    [Theory]
    [InlineData(4)]
    [InlineData(3)]
    public void Exposure_planes_beyond_those_of_the_psf_are_left_out_unless_nothing_else_contributes(int planes)
    {
        // Without energy dispersion the last bin, 4.6 to 10 TeV, takes from the true bins 4.6 to 9.6 and 9.6 to 20 TeV, the fourth and the
        // fifth.
        var plain = Samples.Observation() with { Edisp = null };
        double[] sigmas = [0.12, 0.1, 0.08, 0.05];
        var missing = WithPsf(plain, MapAxis.EnergyEdges("energy_true", Samples.EnergyTrue.Edges[..(planes + 1)]), sigmas[..planes]);
        var whole = WithPsf(plain, Samples.EnergyTrue, [.. sigmas[..planes], .. Enumerable.Repeat(sigmas[planes - 1], 5 - planes)]);
        var (found, expected) =
            (new TsMapEstimator(Options).EstimateKernel(missing).Planes[2], new TsMapEstimator(Options).EstimateKernel(whole).Planes[2]);
        Assert.Equal(1, found.Sum(), 1e-9);
        for (var i = 0; i < found.Length; i++) Assert.Equal(expected[i], found[i], 1e-9);
    }

    [Fact]
    public void Without_energy_dispersion_bins_share_what_they_overlap()
    {
        var plain = Samples.Observation(masked: false) with { Edisp = null };
        var (energy, energyTrue, spectrum) = (plain.Energy, Samples.EnergyTrue, Options.Model.Spectral);
        var exposure = new TsMapEstimator(Options).EstimateFitInputMaps(plain).Exposure;
        for (var k = 0; k < energy.BinCount; k++)
        {
            var expected = 0.0;
            for (var j = 0; j < energyTrue.BinCount; j++)
            {
                var (low, high) = (energyTrue.Edges[j], energyTrue.Edges[j + 1]);
                var shared = Math.Max(0, Math.Min(high, energy.Edges[k + 1]) - Math.Max(low, energy.Edges[k])) / (high - low);
                expected += shared * spectrum.Integral(low, high) * plain.Exposure![j, 12, 9] * 1e4;
            }

            Assert.True(expected > 0);
            Assert.Equal(1, exposure[k, 12, 9] / expected, 1e-12);
        }

        Assert.Contains(new TsMapEstimator(Options).Run([plain]).Find("norm")!.Data, double.IsFinite);
    }

    [Fact]
    public void A_psf_wider_than_allowed_is_cut_with_a_warning()
    {
        var plain = Samples.Observation();
        var noisy = WithPsf(plain, Samples.EnergyTrue, 0.4, 0.4, 0.4, 0.4, 0.4);
        var options = Options with { KernelWidthDeg = null, MaxPsfRadiusDeg = 0.3 };
        var (cut, uncut) =
            (new TsMapEstimator(options).Run([noisy]), new TsMapEstimator(options with { MaxPsfRadiusDeg = 5 }).Run([noisy]));
        Assert.Contains("is limited to 0.3 deg", Assert.Single(cut.Warnings), StringComparison.Ordinal);
        Assert.Contains(noisy.Name, cut.Warnings[0], StringComparison.Ordinal);
        Assert.Empty(uncut.Warnings);
        // 0.6 deg of PSF is 7 pixels, and 0.2 deg of margin.
        Assert.Equal(9, new TsMapEstimator(options).EstimateKernel(noisy).Size);
    }

    [Fact]
    public void With_one_kernel_for_all_the_tiles_give_the_pixels_of_the_whole()
    {
        var whole = Samples.Observation(region: new PixelRegion(0, 0, 70, 40), masked: false);
        // A PSF that changes over the sky: a tile's own kernel is another one.
        foreach (var (value, i) in whole.Psf!.Density.Data.Select((value, i) => (value, i)).ToArray())
            whole.Psf.Density.Data[i] = value * (1 + 0.3 * (i % 12) * (i / 96 % Samples.Rad.BinCount > 6 ? 1 : 0));
        var all = new TsMapEstimator(Options).Run([whole]);
        var differs = false;
        foreach (var owned in new[] { new PixelRegion(0, 0, 35, 40), new PixelRegion(35, 0, 35, 40) })
        {
            var region = owned.Grow(4).Intersect(whole.Grid.Region);
            var tile = Cut(whole, region);
            var (one, own) = (new TsMapEstimator(Options).Run([tile], whole), new TsMapEstimator(Options).Run([tile]));
            for (var y = 0; y < owned.Height; y++)
                for (var x = owned.X; x < owned.X + owned.Width; x++)
                {
                    Assert.Equal(all.Find("ts")![0, y, x], one.Find("ts")![0, y, x - region.X],
                        1e-9 * Math.Max(1, Math.Abs(all.Find("ts")![0, y, x])));
                    Assert.Equal(all.Find("status")![0, y, x], one.Find("status")![0, y, x - region.X]);
                    if (all.Find("success")![0, y, x] == 0) continue;
                    Assert.Equal(all.Find("norm")![0, y, x], one.Find("norm")![0, y, x - region.X],
                        1e-9 * Math.Max(1, Math.Abs(all.Find("norm")![0, y, x])));
                    differs |= Math.Abs(own.Find("norm")![0, y, x - region.X] - all.Find("norm")![0, y, x]) > 1e-3 * Math.Abs(
                        all.Find("norm")![0, y, x]);
                }
        }

        Assert.True(differs, "the tiles' own kernels are that of the whole");
    }

    private static MapDataset Cut(MapDataset whole, PixelRegion region)
    {
        Map<T> Part<T>(Map<T> map)
            where T : unmanaged
        {
            var geometry = map.Geometry.WithGrid(whole.Grid.Cutout(region));
            return new Map<T>(geometry, [.. Enumerable.Range(0, geometry.Count).Select(
                i => map[i / geometry.PlaneLength, region.Y + i / region.Width % region.Height, region.X + i % region.Width])], map.Unit);
        }

        return whole with
        {
            Counts = Part(whole.Counts!),
            Background = Part(whole.Background!),
            Exposure = Part(whole.Exposure!),
            MaskSafe = Part(whole.MaskSafe!)
        };
    }

    /// <summary>A Gaussian PSF of a width, in degrees, for each energy.</summary>
    private static MapDataset WithPsf(MapDataset dataset, MapAxis energy, params double[] sigmasDeg) =>
        WithPsf(dataset, energy, (plane, rad) => Gauss(sigmasDeg[plane], rad));

    private static MapDataset WithPsf(MapDataset dataset, MapAxis energy, Func<int, double, double> densitySr)
    {
        var geometry = new MapGeometry(Samples.IrfGrid, Samples.Rad, energy);
        double[] density = [.. Enumerable.Range(0, geometry.Count).Select(i => i / geometry.PlaneLength)
            .Select(plane => densitySr(plane / Samples.Rad.BinCount, Samples.Rad.Centers[plane % Samples.Rad.BinCount]))];
        var exposure = new MapGeometry(Samples.IrfGrid, Samples.Rad.Squash(), energy);
        return dataset with
        {
            Psf = new PsfMap(
            new Map<double>(geometry, density, "sr-1"), new Map<double>(exposure, [.. Enumerable.Repeat(1e9, exposure.Count)], "m2 s"))
        };
    }

    private static double Gauss(double sigmaDeg, double radDeg)
    {
        var sigma = double.DegreesToRadians(sigmaDeg);
        return Math.Exp(-radDeg * radDeg / (2 * sigmaDeg * sigmaDeg)) / (2 * Math.PI * sigma * sigma);
    }
}
