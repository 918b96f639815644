using TsMapSurvey.Contracts;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains;

/// <summary>Finds out whether an observation can be stacked, and on which tiles, before any tile is told.</summary>
internal static class ObservationPlanner
{
    /// <exception cref="UnusableObservationException">It cannot.</exception>
    /// <exception cref="StorageException">The store's fault.</exception>
    public static async Task<IReadOnlyList<string>> PlanAsync(SurveySetup setup, ObservationReader reader, ObservationRef observation, CancellationToken cancellationToken)
    {
        var dataset = await reader.ReadAsync(setup, observation, cancellationToken);
        try
        {
            var template = await setup.TemplateAsync(dataset, cancellationToken);
            // What no tile would take is found here, where none has it yet: added to a stack of one pixel, for trial.
            await Task.Run(() => new DatasetStack(dataset.Grid.Cutout(0, 0, 1, 1), template).Add(dataset), cancellationToken);
            return [.. setup.Survey.TilesOf(dataset).Select(tile => tile.ToString())];
        }
        catch (Exception bad) when (UnusableObservationException.IsItsOwnFault(bad))
        {
            throw UnusableObservationException.Of(observation, bad);
        }
    }
}
