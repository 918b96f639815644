using System.Globalization;
using TsMapSurvey.Contracts;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Time;
using TsMapSurvey.Storage;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Grains.Observations;

/// <summary>Finds out whether an observation can be stacked, and on which tiles, before any tile is told.</summary>
internal static class ObservationPlanner
{
    /// <param name="now">
    /// An observation of a night that has not begun by then would be the newest of the survey, and make its slices empty.
    /// </param>
    /// <returns>The tiles that it touches, and which observation it says that it is.</returns>
    /// <exception cref="UnusableException">It cannot.</exception>
    /// <exception cref="StorageException">The store's fault.</exception>
    public static async Task<(IReadOnlyList<string> Tiles, string? Identity)> PlanAsync(
        SurveySetup setup, ObservationReader reader, ObservationRef observation, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var lease = await reader.ReadAsync(setup, observation, cancellationToken);
        var dataset = lease.Dataset;
        if (setup.Survey.LongestSlice > 0 && NightOf(setup.Survey.Nights, dataset) is { } night && night > now)
            throw ServiceErrors.NotYetMade(observation, night);
        try
        {
            setup.Survey.CheckTime(dataset);
            var template = await setup.TemplateAsync(dataset, cancellationToken);
            // What no tile would take is found here, where none has it yet: added to a stack of one pixel, for trial.
            await Task.Run(() => new DatasetStack(dataset.Grid.Cutout(0, 0, 1, 1), template).Add(dataset), cancellationToken);
            return ([.. setup.Survey.TilesOf(dataset).Select(tile => tile.ToString())], IdentityOf(setup.Survey.Nights, dataset));
        }
        catch (Exception exception) when (UnusableException.IsOfContent(exception))
        {
            throw ServiceErrors.Unusable(observation.Name, exception);
        }
    }

    /// <summary>The hash of a version's content; null where that version is there no longer.</summary>
    /// <exception cref="UnusableException">It cannot be read, which no retry helps.</exception>
    public static async Task<string?> HashAsync(SurveySetup setup, BlobEntry observation, CancellationToken cancellationToken)
    {
        try
        {
            return await setup.Observations.HashAsync(observation, cancellationToken);
        }
        catch (StorageException exception) when (exception.Error is StorageError.Changed or StorageError.NotFound)
        {
            return null;
        }
        catch (Exception exception) when (UnusableException.IsOfContent(exception))
        {
            throw ServiceErrors.Unusable(observation.Name, exception);
        }
    }

    /// <summary>With the time: names like "stacked" are given to many.</summary>
    private static string? IdentityOf(NightCalendar nights, MapDataset dataset) =>
        dataset.ObservationId is { Length: > 0 } id && nights.StartOf(dataset) is { } start
        ? string.Create(CultureInfo.InvariantCulture, $"{id}, begun at {start:0.###} s (TT) since MJD {TimeInterval.ReferenceMjd}") : null;

    private static DateTimeOffset? NightOf(NightCalendar nights, MapDataset dataset) =>
        nights.StartOf(dataset) is { } start ? nights.BeginningOf(nights.NightOf(start)) : null;
}
