using TsMapSurvey.Maps;
using TsMapSurvey.Models;
using TsMapSurvey.SampleData;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Tests;

public sealed class BandExposureTests
{
    private static readonly TsMapOptions Options = new()
    { Model = new SkyModel(new PointSource(), new PowerLaw(2, 1e-13)), EnergyEdgesTeV = [1, 4.6415888336, 10] };

    /// <summary>Photons of a power law of index 2 between a and b are in proportion to 1/a - 1/b.</summary>
    [Fact]
    public void Weights_are_the_photons_of_the_spectrum_in_the_part_of_a_true_bin_that_the_band_has()
    {
        var energyTrue = MapAxis.EnergyEdges("energy_true", [0.5, 2, 4, 8, 20]);
        var weights = BandExposure.Weights(energyTrue, Samples.Energy, Options);
        var edge = Samples.Energy.Edges[2];
        double[] low = [1 - 1 / 2.0, 1 / 2.0 - 1 / 4.0, 1 / 4.0 - 1 / edge, 0], high = [0, 0, 1 / edge - 1 / 8.0, 1 / 8.0 - 1 / 10.0];
        foreach (var (expected, found) in new[] { (low, weights[0]), (high, weights[1]) })
            for (var j = 0; j < 4; j++) Assert.Equal(expected[j] / expected.Sum(), found[j], 1e-12);
    }

    [Fact]
    public void An_exposure_that_no_energy_changes_is_what_it_is()
    {
        var dataset = Samples.Observation();
        var flat = dataset with { Exposure = dataset.Exposure! with { Data = [.. Enumerable.Repeat(3e9, dataset.Exposure.Data.Length)] } };
        for (var bin = 0; bin < 2; bin++) Assert.All(
            BandExposure.Of(flat, Options, bin, new PixelRegion(3, 4, 5, 2)), value => Assert.Equal(3e9, value, 1));
    }

    [Fact]
    public void Pixels_are_those_of_the_region_and_a_harder_spectrum_weighs_higher_energies()
    {
        var dataset = Samples.Observation();
        var (soft, hard) = (BandExposure.Of(dataset, Options, 0, new PixelRegion(18, 12, 2, 1)), BandExposure.Of(
            dataset, Options with { Model = new SkyModel(new PointSource(), new PowerLaw(0, 1e-13)) }, 0, new PixelRegion(18, 12, 2, 1)));
        var weights = BandExposure.Weights(Samples.EnergyTrue, Samples.Energy, Options)[0];
        for (var x = 0; x < 2; x++)
        {
            var expected = Enumerable.Range(0, weights.Length).Sum(j => weights[j] * dataset.Exposure![j, 12, 18 + x]);
            Assert.Equal(expected, soft[x], 1e-9 * expected);
            // The sample's exposure grows with energy.
            Assert.True(hard[x] > 1.05 * soft[x]);
        }

        Assert.NotEqual(soft[0], soft[1]);
        Assert.All(BandExposure.Of(dataset with { Exposure = null }, Options, 0, new PixelRegion(0, 0, 1, 1)), value =>
            Assert.True(double.IsNaN(value)));
    }
}
