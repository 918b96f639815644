using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Events.Reading;
using TsMapSurvey.Events.Reduction;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Cli.Commands;

/// <summary>Reduces event lists with their responses, and those without if there are maps for them.</summary>
/// <param name="Given">Null: there are no maps.</param>
internal sealed record ListReduction(Survey Survey, EventReduction Events, GivenReduction? Given)
{
    /// <exception cref="FailedException">There are several event lists, and nobody said which share of the maps each has.</exception>
    public void EnsureShares(IReadOnlyList<EventSource> sources)
    {
        if (Given is null or { TakesSeveral: true }) return;
        var lists = sources.Count(source => source.HasOnlyEvents());
        if (lists > 1) throw CliErrors.NoShares(lists);
    }

    /// <summary>On the observation's field; an event list without responses on the whole survey.</summary>
    /// <returns>The dataset, the number of events in good time, and the safe energies.</returns>
    public (MapDataset Dataset, int Events, ObservationRange Range) Reduce(EventSource source, MapDataset? template)
    {
        if (Given is not null && source.HasOnlyEvents())
        {
            var list = EventFile.ReadEvents(source.Alone!);
            var dataset = Given.Reduce(list, Survey.Grid, template);
            return (dataset with { Warnings = [.. dataset.Warnings, .. Given.Maps.Warnings] }, list.Events.Count,
                ObservationRange.Everything);
        }

        var observation = source.Read();
        var range = Events.RangeOf(observation);
        return (Events.Reduce(observation, Events.FieldOf(observation), range, template), observation.Events.Count, range);
    }
}
