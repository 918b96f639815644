using TsMapSurvey.Simulation.AllSky;
using TsMapSurvey.Simulation.Events;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Simulation.Tests;

/// <summary>A simulated year, from the pointings to the sources found.</summary>
public sealed class AllSkySurveyTests
{
    private const double MatchRadiusDeg = 0.6;
    private const int TileOrder = 3;

    /// <summary>Of the tiles without a source.</summary>
    private const int OneTileIn = 8;

    private static readonly Survey Survey = Survey.Resolve(AllSkySurvey.DefaultDefinition());

    private static AllSkySurvey Year => field ??= new(Survey, AllSkySurvey.DefaultOptions);

    [Fact]
    [Trait("Pace", "slow")]
    public void Every_source_is_recovered_within_3_sigma_and_nothing_else_is_found()
    {
        var near = Year.Sources.SelectMany(source => Around(source.Position, MatchRadiusDeg).Prepend(source.Position))
            .Select(position => Survey.Tiling.Owner(position)!.Value.Tile).ToHashSet();
        var others = Thorough.OneIn(OneTileIn, Survey.Tiling.All().Where(tile => !near.Contains(tile)));
        var peaks = new SphereMaps(Year.Events, Survey).Peaks(near.Concat(others), minSqrtTs: 6);
        var report = SourceMatching.Match(Year.Truth().Sources, peaks, MatchRadiusDeg);
        Assert.Empty(report.Missed);
        Assert.All(report.Recovered, found => Assert.InRange(found.PositionSigmas, 0, 3));
        Assert.All(report.Recovered, found => Assert.InRange(found.FluxSigmas, -3, 3));
        Assert.Empty(report.Spurious);
        Assert.Empty(report.Further);
    }

    [Fact]
    [Trait("Pace", "slow")]
    public void Bright_sources_show_that_systematic_errors_are_below_the_statistical_ones()
    {
        const double brighter = 60;
        SimulatedSource[] sources = [.. Year.Sources.Take(16).Select(source =>
            source with { Spectrum = source.Spectrum with { Amplitude = source.Spectrum.Amplitude * brighter } })];
        var events = new EventSurvey(Instrument.WideField, sources, Year.Events.Pointings, 1);
        var tiles = sources.Select(source => Survey.Tiling.Owner(source.Position)!.Value.Tile).Distinct();
        var peaks = new SphereMaps(events, Survey).Peaks(tiles, minSqrtTs: 50);
        var truth = Year.Truth().Sources.Take(sources.Length).ToArray();
        var report = SourceMatching.Match(truth, peaks, MatchRadiusDeg);
        Assert.Empty(report.Missed);
        Assert.All(report.Recovered, found => Assert.InRange(found.SeparationDeg, 0, 0.03));
        Assert.All(report.Recovered, found => Assert.InRange(found.Peak.Flux / found.Source.Flux / brighter, 0.93, 1.05));
    }

    [Fact]
    public void Every_position_is_observed_several_times_both_poles_included()
    {
        var pointings = Year.Events.Pointings;
        Assert.Equal(365, pointings.Count);
        Assert.All(pointings.Zip(pointings.Skip(1)), pair => Assert.True(pair.Second.StartS >= pair.First.StartS + pair.First.OnTimeS));
        var cells = Enumerable.Range(0, (int)HealpixCell.Count(4)).SelectMany(index => new HealpixCell(4, index).Corners());
        Assert.All(cells, corner => Assert.InRange(pointings.Count(
            pointing => pointing.Position.SeparationDeg(corner) < Instrument.WideField.MaxOffsetDeg), 3, 12));
    }

    [Fact]
    public void Sources_lie_near_both_poles_and_right_ascension_0_and_at_corners_of_cells()
    {
        var truth = Year.Truth().Sources;
        Assert.Equal(40, truth.Count);
        Assert.All(truth, source => Assert.InRange(source.ExpectedSqrtTs, 7.9, 24.1));
        Assert.Contains(truth, source => source.DecDeg > 89);
        Assert.Contains(truth, source => source.DecDeg < -89);
        Assert.Contains(truth, source => source.RaDeg < 0.1);
        Assert.Contains(truth, source => source.RaDeg > 359.9);
        Assert.Equal(4, Year.Sources.Skip(4).Take(4).Count(source => CellsWithin(source.Position, 0.1) >= 3));
        Assert.Single(Year.Sources.Skip(4).Take(4), source => CellsWithin(source.Position, 0.1) == 3);
        Assert.All(Year.Sources, one => Assert.Single(Year.Sources, other => one.Position.SeparationDeg(other.Position) < 3));
    }

    [Fact]
    public void Another_seed_gives_other_sources_and_pointings_and_the_same_seed_the_same()
    {
        AllSkySurvey Of(int seed) => new(Survey, AllSkySurvey.DefaultOptions with { Sources = 12, Seed = seed });
        Assert.Equal(Of(2).Truth().ToJson(), Of(2).Truth().ToJson());
        Assert.Equal(Of(2).Events.Observe(9).Events, Of(2).Events.Observe(9).Events);
        Assert.NotEqual(Of(2).Sources[11].Position, Of(3).Sources[11].Position);
        Assert.NotEqual(Of(2).Events.Pointings[0], Of(3).Events.Pointings[0]);
    }

    [Fact]
    public void More_sources_than_there_is_room_for_are_refused() =>
        Assert.Contains("space", Assert.Throws<SimulationException>(() => new AllSkySurvey(
            Survey, AllSkySurvey.DefaultOptions with { Observations = 1, Sources = 1000 })).Message,
            StringComparison.Ordinal);

    private static int CellsWithin(SkyPosition position, double radiusDeg) => Around(position, radiusDeg)
        .Select(one => HealpixCell.Containing(one, TileOrder).Index).Distinct().Count();

    private static IEnumerable<SkyPosition> Around(SkyPosition position, double radiusDeg) => Enumerable.Range(0, 36)
        .Select(i => position.To(SkyFrame.Icrs).DirectionalOffset(10 * i, radiusDeg));
}
