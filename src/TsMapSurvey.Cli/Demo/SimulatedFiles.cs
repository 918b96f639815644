using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Simulation;
using TsMapSurvey.Simulation.AllSky;
using TsMapSurvey.Simulation.Events;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Cli.Demo;

/// <summary>The files of a simulated survey: MapDatasets or event lists, the survey's definition, and the sources.</summary>
internal sealed class SimulatedFiles
{
    private readonly Func<string, int, string> _write;
    private readonly EventSurvey? _events;

    private SimulatedFiles(Survey survey, TruthFile truth, int count, Func<string, int, string> write, EventSurvey? events) =>
        (Survey, Truth, Count, _write, _events) = (survey, truth, count, write, events);

    public Survey Survey { get; }

    public TruthFile Truth { get; }

    /// <summary>Number of observations.</summary>
    public int Count { get; }

    /// <summary>A survey on one pixel grid, observed by Cherenkov telescopes.</summary>
    /// <param name="definition">Null for that of the demo.</param>
    /// <param name="asEvents">Whether the files are event lists.</param>
    /// <exception cref="SimulationException">An option is out of range.</exception>
    public static SimulatedFiles OfGrid(SurveyDefinition? definition, SimulationOptions options, bool asEvents)
    {
        definition ??= SimulatedSurvey.DefaultDefinition();
        if (asEvents) definition = definition with { Events = definition.Events ?? AllSkySurvey.EventsOf(Instrument.Cherenkov) };
        var simulated = new SimulatedSurvey(Survey.Resolve(definition), options);
        return asEvents
            ? OfEvents(simulated.Survey, simulated.Truth(), simulated.Events)
            : new SimulatedFiles(simulated.Survey, simulated.Truth(), simulated.Pointings.Count, Write, null);

        string Write(string folder, int index)
        {
            var observation = simulated.Observe(index);
            MapDatasetFile.Write(Path.Combine(folder, observation.FileName), observation.Dataset);
            return observation.FileName;
        }
    }

    /// <summary>The whole sky, observed by a wide-field instrument.</summary>
    /// <param name="definition">Null for the default one.</param>
    /// <exception cref="SimulationException">An option is out of range.</exception>
    public static SimulatedFiles OfSky(SurveyDefinition? definition, SimulationOptions options)
    {
        definition ??= AllSkySurvey.DefaultDefinition();
        definition = definition with { Events = definition.Events ?? AllSkySurvey.EventsOf(Instrument.WideField) };
        var simulated = new AllSkySurvey(Survey.Resolve(definition), options);
        return OfEvents(simulated.Survey, simulated.Truth(), simulated.Events);
    }

    /// <summary>Simulates one observation and writes it; returns the file's name.</summary>
    public string Write(string folder, int index) => _write(folder, index);

    /// <summary>Writes truth.json, survey.json and, for event lists, their index.</summary>
    public async Task WriteRestAsync(string folder, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "truth.json"), Truth.ToJson(), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "survey.json"), Survey.Definition.ToJson(), cancellationToken);
        if (_events is not null) EventIndexWriter.Write(folder, _events);
    }

    private static SimulatedFiles OfEvents(Survey survey, TruthFile truth, EventSurvey events)
    {
        var writer = new EventFileWriter(events.Instrument);
        return new SimulatedFiles(survey, truth, events.Pointings.Count, Write, events);

        string Write(string folder, int index)
        {
            var observation = events.Observe(index);
            writer.Write(Path.Combine(folder, observation.FileName), observation);
            return observation.FileName;
        }
    }
}
