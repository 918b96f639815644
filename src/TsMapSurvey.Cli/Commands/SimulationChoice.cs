using System.CommandLine;
using TsMapSurvey.Cli.Demo;
using TsMapSurvey.Simulation;
using TsMapSurvey.Simulation.AllSky;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Cli.Commands;

/// <summary>The options of commands that simulate a survey.</summary>
internal sealed class SimulationChoice
{
    private static readonly SimulationOptions OfGrid = new();

    private readonly Option<bool> _allSky = new("--all-sky")
    { Description = "A year of an instrument with a wide field of view, as event lists of the whole sky" };

    private readonly Option<int?> _observations = new("--observations")
    { Description = $"Number of observations [default: {OfGrid.Observations}; with --all-sky {AllSkySurvey.DefaultOptions.Observations}]" };

    private readonly Option<int?> _sources = new("--sources")
    { Description = $"Number of sources [default: {OfGrid.Sources}; with --all-sky {AllSkySurvey.DefaultOptions.Sources}]" };

    private readonly Option<int> _seed = new("--seed") { Description = "The same seed gives the same files", DefaultValueFactory = _ => 1 };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _allSky, _observations, _sources, _seed }) command.Options.Add(option);
    }

    public bool IsAllSky(ParseResult parsed) => parsed.GetValue(_allSky);

    /// <param name="definition">Null for the default survey.</param>
    /// <param name="asEvents">Whether a survey on a grid is written as event lists; that of the whole sky always is.</param>
    public SimulatedFiles Simulate(ParseResult parsed, SurveyDefinition? definition, bool asEvents)
    {
        var allSky = IsAllSky(parsed);
        var defaults = allSky ? AllSkySurvey.DefaultOptions : OfGrid;
        var options = defaults with
        {
            Observations = parsed.GetValue(_observations) ?? defaults.Observations,
            Sources = parsed.GetValue(_sources) ?? defaults.Sources,
            Seed = parsed.GetValue(_seed),
        };
        return allSky ? SimulatedFiles.OfSky(definition, options) : SimulatedFiles.OfGrid(definition, options, asEvents);
    }
}
