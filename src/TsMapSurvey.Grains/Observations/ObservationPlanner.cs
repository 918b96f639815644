using System.Globalization;
using TsMapSurvey.Contracts;
using TsMapSurvey.Maps.Time;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Surveys;
using TsMapSurvey.Surveys.Observed;

namespace TsMapSurvey.Grains.Observations;

/// <param name="Hash">Of the file's content.</param>
/// <param name="Tiles">The tiles that the observation touches.</param>
/// <param name="Identity">The observation id and start time in its file; null if one of them is missing.</param>
internal sealed record ObservationPlan(string Hash, IReadOnlyList<string> Tiles, string? Identity, RecordedCoverage Coverage)
{
    /// <summary>Null if it is no event list.</summary>
    public RecordedReduction? Reduction { get; init; }
}

/// <summary>Checks whether an observation can be stacked, and on which tiles, before any tile is notified.</summary>
internal static class ObservationPlanner
{
    /// <param name="observation">Without the hash of its content.</param>
    /// <param name="hashing">Gives the hash, or null if the version is gone. It is computed while the observation is decoded.</param>
    /// <param name="now">
    /// Observations of nights that begin later are refused: one would become the newest of the survey and empty all slices.
    /// </param>
    /// <returns>Its hash, the tiles that it touches, its id and start time, and when and where it has data.</returns>
    /// <exception cref="UnusableException">It cannot be stacked.</exception>
    /// <exception cref="StorageException">The store failed.</exception>
    public static async Task<ObservationPlan> PlanAsync(
        SurveySetup setup, ObservationReader reader, ObservationRef observation, Task<string?> hashing, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        using var lease = await reader.ReadAsync(setup, observation, cancellationToken);
        var hash = await hashing ?? throw ServiceErrors.Gone(observation);
        reader.Identify(setup.Name, observation, hash);
        var observed = lease.Observation;
        if (setup.Survey.LongestSliceNights > 0 && NightOf(setup.Survey.Nights, observed) is { } night && night > now)
            throw ServiceErrors.NotYetMade(observation, night);
        try
        {
            setup.Survey.CheckTime(observed);
            var template = await setup.TemplateAsync(observed, cancellationToken);
            await Task.Run(() => observed.EnsureFits(template), cancellationToken);
            var tiles = await Task.Run(() => setup.Survey.TilesOf(observed), cancellationToken);
            return new ObservationPlan(
                hash, [.. tiles.Select(tile => tile.ToString())], IdentityOf(setup.Survey.Nights, observed),
                await Task.Run(() => ObservedCoverage.Of(setup.Survey, observed), cancellationToken))
            {
                Reduction = observed.Range is { } range ? WireForms.ToRecorded(range) : null,
            };
        }
        catch (Exception exception) when (UnusableException.IsOfContent(exception))
        {
            throw ServiceErrors.Unusable(observation.Name, exception);
        }
    }

    /// <summary>Returns the hash of a version's content; null if that version is no longer in the store.</summary>
    /// <exception cref="UnusableException">It cannot be read; a retry does not help.</exception>
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

    /// <summary>Includes the start time, since ids like "stacked" are not unique.</summary>
    private static string? IdentityOf(NightCalendar nights, IObservedData observed) =>
        observed.ObservationId is { Length: > 0 } id && nights.StartOf(observed.Gti) is { } start
        ? string.Create(CultureInfo.InvariantCulture, $"{id}, begun at {start:0.###} s (TT) since MJD {TimeInterval.ReferenceMjd}") : null;

    private static DateTimeOffset? NightOf(NightCalendar nights, IObservedData observed) =>
        nights.StartOf(observed.Gti) is { } start ? nights.BeginningOf(nights.NightOf(start)) : null;
}
