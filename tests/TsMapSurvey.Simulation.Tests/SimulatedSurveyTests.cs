using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Simulation.Tests;

public sealed class SimulatedSurveyTests
{
    private const double MaxFileBytes = 1e6;

    private static readonly Survey Survey = DemoStack.Survey;

    [Fact]
    public void The_same_seed_gives_the_same_files_bit_for_bit()
    {
        using var folder = new TemporaryFolder();
        var options = new SimulationOptions(Observations: 3, Sources: 4, Seed: 7);
        foreach (var run in new[] { "a", "b" })
        {
            var simulation = new SimulatedSurvey(Survey, options);
            foreach (var observation in simulation.Observations())
                MapDatasetFile.Write(folder.File($"{run}-{observation.FileName}"), observation.Dataset);
            File.WriteAllText(folder.File($"{run}-truth.json"), simulation.Truth().ToJson());
        }

        string[] names = ["sim-0001.fits.gz", "sim-0002.fits.gz", "sim-0003.fits.gz", "truth.json"];
        foreach (var name in names) Assert.Equal(File.ReadAllBytes(folder.File($"a-{name}")), File.ReadAllBytes(folder.File($"b-{name}")));
    }

    [Fact]
    public void Another_seed_gives_another_sky_and_other_counts()
    {
        var (one, two) = (new SimulatedSurvey(Survey, new SimulationOptions(2, 3, 1)),
            new SimulatedSurvey(Survey, new SimulationOptions(2, 3, 2)));
        Assert.NotEqual(one.Sources[0].Position, two.Sources[0].Position);
        Assert.NotEqual(one.Pointings[0].Position, two.Pointings[0].Position);
        Assert.NotEqual(one.Observe(0).Dataset.Counts!.Data, one.Observe(1).Dataset.Counts!.Data);
    }

    [Fact]
    public void An_observation_does_not_depend_on_those_before_it()
    {
        var options = new SimulationOptions(Observations: 4, Sources: 2, Seed: 3);
        var third = new SimulatedSurvey(Survey, options).Observe(2);
        Assert.Equal(new SimulatedSurvey(Survey, options).Observations().ElementAt(2).Dataset.Counts!.Data, third.Dataset.Counts!.Data);
    }

    [Fact]
    public void Files_are_small_and_are_read_back_as_sound_observations_of_the_survey()
    {
        using var folder = new TemporaryFolder();
        var observation = DemoStack.Simulation.Observe(12);
        var path = folder.File(observation.FileName);
        MapDatasetFile.Write(path, observation.Dataset);
        Assert.InRange(new FileInfo(path).Length, 1000, MaxFileBytes);
        var read = MapDatasetFile.Read(path);
        Survey.Check(read);
        Assert.Equal("sim-0013", read.Name);
        Assert.Equal(observation.Dataset.Counts!.Data, read.Counts!.Data);
        Assert.Equal(observation.Dataset.MaskSafe!.Data, read.MaskSafe!.Data);
        Assert.Equal(1680, read.Gti!.TotalS, 6);
        Assert.Equal(1680 * Instrument.LiveFraction, read.LiveTimeS!.Value, 9);
        Assert.InRange(read.Exposure!.Data.Max(), 2e8, 6e8);
    }

    [Fact]
    public void Counts_and_responses_of_all_observations_share_their_pixel_grids()
    {
        var (first, last) = (DemoStack.Simulation.Observe(0).Dataset, DemoStack.Simulation.Observe(49).Dataset);
        Assert.True(first.Grid.IsAlignedWith(last.Grid, out _, out _));
        Assert.True(first.Psf!.Density.Geometry.Grid!.IsAlignedWith(last.Psf!.Density.Geometry.Grid!, out _, out _));
        Assert.True(first.Edisp!.Data.Geometry.Grid!.IsAlignedWith(last.Psf.Density.Geometry.Grid!, out _, out _));
    }

    [Fact]
    public void The_scan_covers_every_tile_and_moves_on_in_small_steps()
    {
        var pointings = DemoStack.Simulation.Pointings;
        Assert.Equal(50, pointings.Count);
        var steps = pointings.Zip(pointings.Skip(1)).ToArray();
        Assert.All(steps, step => Assert.InRange(step.Second.Position.SeparationDeg(step.First.Position), 0.2, 3.5));
        Assert.All(steps, step => Assert.True(step.Second.StartS >= step.First.StartS + step.First.OnTimeS));
        var centres = Survey.Tiling.All().Select(tile => Survey.GridOf(tile).Centre);
        Assert.All(centres, centre =>
            Assert.Contains(pointings, pointing => pointing.Position.SeparationDeg(centre) < Instrument.Cherenkov.MaxOffsetDeg));
    }

    [Fact]
    public void Sources_lie_in_the_survey_apart_from_each_other_and_most_are_well_detectable()
    {
        var sources = DemoStack.Simulation.Truth().Sources;
        Assert.Equal(20, sources.Count);
        Assert.Equal(4, sources.Count(source => source.SigmaDeg > 0));
        Assert.All(sources, source =>
            Assert.True(Survey.Grid.Contains(new SkyPosition(source.RaDeg, source.DecDeg, SkyFrame.Icrs))));
        Assert.InRange(sources.Count(source => source.ExpectedSqrtTs is > 5 and < 60), 17, 20);
        var positions = DemoStack.Simulation.Sources.Select(source => source.Position).ToArray();
        Assert.All(positions, one => Assert.Equal(1, positions.Count(other => other.SeparationDeg(one) < 1)));
    }

    [Fact]
    public void A_survey_far_larger_than_the_observations_reach_is_simulated_in_its_middle()
    {
        var whole = Survey.Resolve(SimulatedSurvey.DefaultDefinition() with
        {
            Tiling = new TilingDefinition { Frame = "galactic", PixelSizeDeg = 0.05, WidthDeg = 360, HeightDeg = 40 },
        });
        var simulation = new SimulatedSurvey(whole, new SimulationOptions(Observations: 10, Sources: 5));
        Assert.All(simulation.Pointings, pointing => Assert.InRange(Math.IEEERemainder(pointing.Position.LonDeg, 360), -10, 10));
        whole.Check(simulation.Observe(0).Dataset);
        Assert.All(simulation.Truth().Sources, source => Assert.InRange(source.ExpectedSqrtTs, 2, 80));
    }

    [Fact]
    public void A_survey_in_right_ascension_and_TAN_is_simulated_too()
    {
        var tan = Survey.Resolve(SimulatedSurvey.DefaultDefinition() with
        {
            Tiling = new TilingDefinition
            {
                Frame = "icrs",
                Projection = "TAN",
                PixelSizeDeg = 0.1,
                WidthDeg = 8,
                HeightDeg = 6,
                CentreLonDeg = 83.6,
                CentreLatDeg = 60
            },
        });
        var observation = new SimulatedSurvey(tan, new SimulationOptions(4, 3)).Observe(3).Dataset;
        tan.Check(observation);
        Assert.Contains(true, observation.MaskSafe!.Data);
    }

    [Theory]
    [InlineData(0, 1, "observations")]
    [InlineData(5, -1, "sources")]
    [InlineData(1, 1000, "space")]
    public void Impossible_options_are_named(int observations, int sources, string word)
    {
        var exception = Assert.Throws<SimulationException>(() => new SimulatedSurvey(Survey, new SimulationOptions(observations, sources)));
        Assert.Contains(word, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void There_is_no_observation_after_the_last() =>
        Assert.Contains("0 to 49", Assert.Throws<SimulationException>(() => DemoStack.Simulation.Observe(50)).Message,
            StringComparison.Ordinal);
}
