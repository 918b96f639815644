using TsMapSurvey.Estimators;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Models;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Simulation.Tests;

/// <summary>The simulated counts against their expectation and against the estimator.</summary>
[Trait("Pace", "slow")]
public sealed class SimulatedCountsTests
{
    private static readonly Survey Survey = DemoStack.Survey;

    [Fact]
    public void Counts_scatter_about_their_expectation_as_Poisson_numbers_do()
    {
        var (sum, mean, chi2, bins) = (0.0, 0.0, 0.0, 0);
        var simulator = new ObservationSimulator(Survey, DemoStack.Simulation.Sources);
        foreach (var index in new[] { 3, 20, 41 })
        {
            var expected = simulator.Expected(DemoStack.Simulation.Pointings[index], "expected").Counts!.Data;
            var counts = DemoStack.Simulation.Observe(index).Dataset.Counts!.Data;
            for (var i = 0; i < counts.Length; i++)
            {
                (sum, mean) = (sum + counts[i], mean + expected[i]);
                if (expected[i] < 0.05) continue;
                chi2 += (counts[i] - expected[i]) * (counts[i] - expected[i]) / expected[i];
                bins++;
            }
        }

        Assert.InRange((sum - mean) / Math.Sqrt(mean), -4, 4);
        // The variance of one Poisson bin's chi-square is 2 + 1 / mean, here at most 22.
        Assert.InRange((chi2 - bins) / Math.Sqrt(22.0 * bins), -4, 4);
    }

    [Fact]
    public void The_image_of_a_source_holds_all_its_counts()
    {
        foreach (var sigma in new[] { 0, 0.15 })
        {
            var pointing = new Pointing(new SkyPosition(340.3, 0.4, SkyFrame.Galactic), 0, 1680);
            var source = new SimulatedSource("one", new SkyPosition(340.31, 0.73, SkyFrame.Galactic), sigma, new PowerLaw(2.2, 1e-11));
            var dark = new ObservationSimulator(Survey, []).Expected(pointing, "dark");
            var lit = new ObservationSimulator(Survey, [source]).Expected(pointing, "lit");
            var counts = lit.Counts!.Data.Sum() - dark.Counts!.Data.Sum();
            var offset = source.Position.SeparationDeg(pointing.Position);
            var wanted = 0.0;
            for (var j = 0; j < Survey.EnergyTrue.BinCount; j++)
                for (var k = 0; k < Survey.Energy.BinCount; k++)
                    wanted += source.Spectrum.Integral(Survey.EnergyTrue.Edges[j],
                        Survey.EnergyTrue.Edges[j + 1]) * 1e4 * pointing.LiveTimeS
                        * Instrument.Cherenkov.EffectiveAreaM2(Survey.EnergyTrue.Centers[j], offset)
                        * Instrument.Cherenkov.EnergyDispersion(Survey.Energy, k, Survey.EnergyTrue.Centers[j]);
            Assert.InRange(counts / wanted, 0.995, 1.003);
        }
    }

    [Fact]
    public void The_stack_holds_the_safe_counts_and_exposure_of_all_observations()
    {
        var (counts, exposure) = (0.0, 0.0);
        var survey = Survey.Grid;
        foreach (var observation in DemoStack.Simulation.Observations().Select(observation => observation.Dataset))
        {
            var inside = observation.Grid.Intersect(survey);
            var pixels = observation.Geometry.PlaneLength;
            for (var pixel = 0; pixel < pixels; pixel++)
            {
                if (!inside.Contains(pixel % observation.Grid.Width, pixel / observation.Grid.Width)) continue;
                var any = false;
                for (var k = 0; k < Survey.Energy.BinCount; k++)
                {
                    if (!observation.MaskSafe!.Data[k * pixels + pixel]) continue;
                    any = true;
                    counts += observation.Counts!.Data[k * pixels + pixel];
                }

                if (any) exposure += observation.Exposure!.Data[5 * pixels + pixel];
            }
        }

        Assert.Equal(counts, DemoStack.Dataset.Counts!.Data.Sum());
        Assert.Equal(1, DemoStack.Dataset.Exposure!.Plane(5).ToArray().Sum() / exposure, 9);
    }

    [Fact]
    public void Fitted_norms_scatter_about_the_truth_by_their_errors()
    {
        // Sources on pixel centres with the map's own spectrum, all bins safe wherever one is, each with its own kernel: what a stack and
        // a map make equal over the sky by definition is equal here, and little but counting statistics is left between norm and truth.
        var spectrum = (PowerLaw)Survey.Maps["point"].Model.Spectral;
        var grid = Survey.Grid;
        var pixels = Enumerable.Range(0, 20).Select(i => (X: 70 + 44 * (i % 5), Y: 40 + 37 * (i / 5))).ToArray();
        var norms = pixels.Select((_, i) => 1 + i / 4.0).ToArray();
        var sources = pixels.Select((pixel, i) => new SimulatedSource(
            $"source {i}", grid.PixelCentre(pixel.X, pixel.Y)!.Value, 0,
                spectrum with { Amplitude = spectrum.Amplitude * norms[i] })).ToArray();
        var simulator = new ObservationSimulator(Survey, sources);
        DatasetStack? stack = null, expectedStack = null;
        var random = new Random(4711);
        foreach (var pointing in DemoStack.Simulation.Pointings.Where((_, i) => i % 2 == 0))
        {
            var expected = SafeInAllBins(simulator.Expected(pointing with { OnTimeS = 7200 }, "expected"));
            (stack ??= new DatasetStack(grid, expected)).Add(ObservationSimulator.Draw(expected, random));
            (expectedStack ??= new DatasetStack(grid, expected)).Add(expected);
        }

        var estimator = new TsMapEstimator(Survey.Maps["point"] with { Rtol = 1e-4, SumOverEnergyGroups = false });
        var (maps, foretold) = (estimator.Run([stack!.ToDataset("drawn")]), estimator.Run([expectedStack!.ToDataset("expected")]));
        double[] At(FluxMaps from, string quantity) => [.. pixels.Select(pixel => from.Find(quantity)![0, pixel.Y, pixel.X])];
        Assert.All(At(maps, "sqrt_ts"), value => Assert.True(value > 4));

        // One PSF for the whole map is what remains.
        Assert.All(At(foretold, "norm").Zip(norms, (fit, truth) => fit / truth), ratio => Assert.InRange(ratio, 0.97, 1.03));
        var pulls = At(maps, "norm").Zip(At(foretold, "norm"), (fit, mean) => fit - mean).Zip(At(maps, "norm_err"), (off, error) =>
            off / error).ToArray();
        Assert.All(pulls, pull => Assert.InRange(pull, -4, 4));

        // 20 standard normal numbers: their mean has a deviation of 0.22, their mean square one of 0.32.
        Assert.InRange(pulls.Average(), -0.9, 0.9);
        Assert.InRange(pulls.Average(pull => pull * pull), 0.2, 2.5);
    }

    [Fact]
    public void Sources_of_the_demo_reach_about_the_significance_foretold()
    {
        var (sqrtTs, truth) = (DemoStack.PointMaps.Find("sqrt_ts")!, DemoStack.Simulation.Truth().Sources);
        foreach (var source in truth.Where(source => source.SigmaDeg == 0))
        {
            var peak = Peak(sqrtTs, source);
            Assert.InRange(peak, 0.75 * source.ExpectedSqrtTs - 3, 1.1 * source.ExpectedSqrtTs + 4);
        }
    }

    private static MapDataset SafeInAllBins(MapDataset dataset)
    {
        var mask = new Maps.Map<bool>(dataset.Geometry);
        var highest = dataset.MaskSafe!.Plane(Survey.Energy.BinCount - 1);
        for (var k = 0; k < Survey.Energy.BinCount; k++) highest.CopyTo(mask.Plane(k));
        return dataset with { MaskSafe = mask };
    }

    private static double Peak(Maps.Map<double> map, SourceTruth source)
    {
        Assert.True(map.Geometry.Grid!.TryPixelOf(new SkyPosition(source.LonDeg, source.LatDeg, SkyFrame.Galactic), out int x, out int y));
        return Enumerable.Range(-2, 5).Max(dy => Enumerable.Range(-2, 5).Max(dx => map[0, y + dy, x + dx]));
    }
}
