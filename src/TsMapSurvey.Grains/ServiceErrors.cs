using System.Collections.Immutable;
using TsMapSurvey.Contracts;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Storage.Layout;
using TsMapSurvey.Surveys;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Grains;

/// <summary>
/// Every failure of the service: what grains answer with, and what makes an observation or a job unusable. What a store, and a check of
/// names, throws is answered by <see cref="ServiceErrorFilter"/>.
/// </summary>
internal static class ServiceErrors
{
    public static SurveyServiceException UnknownSurvey(string survey) =>
        new(ServiceError.UnknownSurvey, $"found no survey '{survey}' in the store, expected one that was defined");

    public static SurveyServiceException NoMosaic(string survey) =>
        new(ServiceError.NoMosaic, $"survey {survey} has no mosaic: its tiles are not cut of one image; ask for the maps of its tiles");

    public static SurveyServiceException UnknownObservation(string survey, string name) =>
        Of(SurveyErrors.UnknownObservation(survey, name));

    public static SurveyServiceException Undated(string survey, string tile, int observations) =>
        new(ServiceError.UndatedObservations,
            $"tile {tile}: found {observations} observations from before survey {survey} had slices, expected to know when they were "
            + $"made: tsmap verify --survey {survey} --repair reads it");

    public static SurveyServiceException UnknownEnergyBin(string map, int bin, int bins) =>
        new(ServiceError.UnknownQuantity, $"map {map} has no energy bin {bin}, expected 0 to {bins - 1}");

    public static SurveyServiceException UnknownJob(string job) => Of(SurveyErrors.UnknownJob(job));

    public static SurveyServiceException UnknownDataset(string job, int dataset, int datasets) =>
        new(ServiceError.UnknownDataset, $"job {job} has no dataset {dataset}, expected 0 to {datasets - 1}");

    public static SurveyServiceException WrongState(string job, ComputeState found, string expected) =>
        new(ServiceError.WrongState, $"job {job} is {found}, expected {expected}");

    public static SurveyServiceException MissingDatasets(string job, IEnumerable<string> names) =>
        new(ServiceError.WrongState, $"job {job}: {string.Join(", ", names)} did not arrive yet, expected every dataset before the start");

    public static SurveyServiceException TooManyJobs(int jobs) =>
        new(ServiceError.TooManyJobs,
            $"there are {jobs} jobs, as many as are taken at a time: expected to be asked again when one has ended");

    public static SurveyServiceException TooLarge(string what, double needed, long budget) =>
        new(ServiceError.TooLarge, $"{what} takes {TileBytes.Text(needed)} of memory, expected at most {TileBytes.Text(budget)}");

    public static SurveyServiceException Busy(string what, int waiting) =>
        new(ServiceError.Busy, $"{what}: {waiting} others wait for memory already, expected to be asked again later");

    public static SurveyServiceException BadOptions(IReadOnlyList<string> problems) =>
        new(ServiceError.BadOptions, string.Join("; ", problems), [.. problems]);

    public static SurveyServiceException BadDefinition(params ImmutableArray<string> problems) =>
        new(ServiceError.BadDefinition, $"survey definition: {string.Join("; ", problems)}", problems);

    /// <summary>Of a definition that is in the store and cannot be used: nobody who asks for the survey is to blame.</summary>
    public static SurveyServiceException DamagedDefinition(string survey, string problem) =>
        new(
            ServiceError.StoreRefused,
            $"{StoreLayout.Definition(survey)}: {problem}; put back what it was, or delete it and define the survey again");

    public static SurveyServiceException TooManySurveys(int surveys) =>
        new(ServiceError.TooManySurveys, $"there are {surveys} surveys, as many as this server takes: delete one, or raise Limits:Surveys");

    public static SurveyServiceException DefinitionConflict(string survey) =>
        new(ServiceError.DefinitionConflict,
            $"there is a survey '{survey}' with another definition, and but for its slices a definition never changes: expected the same "
            + "one, or another name");

    public static SurveyServiceException BeingDeleted(string survey) =>
        new(ServiceError.DefinitionConflict,
            $"a survey '{survey}' is being deleted, or its deletion was broken off: expected that it is finished first (DELETE "
            + $"/api/surveys/{survey} goes on with it)");

    public static SurveyServiceException WrongState(string observation, ObservationState found, string expected) =>
        new(ServiceError.WrongState, $"observation {observation} is {found}, expected {expected}");

    public static SurveyServiceException NotInStore(string observation) =>
        new(ServiceError.WrongState, $"observation {observation}: the store has it no longer, put it there again");

    public static SurveyServiceException Blocked(string tile, LedgerEntry entry, string reason) =>
        new(ServiceError.Blocked,
            $"tile {tile}: its stack cannot be made again without {entry.Observation} as it was when it was added ({reason}): put it "
            + "back, replace it, or retract it too");

    public static SurveyServiceException Superseded(string observation) =>
        new(ServiceError.LostRace, $"observation {observation}: a later decision about it was made by another activation; this one ends");

    public static SurveyServiceException LostRace(string tile, long revision) =>
        new(ServiceError.LostRace, $"tile {tile}: another writer has committed revision {revision}; this activation ends");

    public static SurveyServiceException DamagedJob(string job, string found) =>
        new(ServiceError.WrongState,
            $"job {job}: found a damaged record ({found}), expected it as it was written: delete the job, and open it again");

    public static SurveyServiceException DamagedBlock(string job, string blob, Exception exception) =>
        new(ServiceError.StoreUnavailable, $"job {job}: {blob} is missing or damaged and is computed again ({exception.Message})");

    public static SurveyServiceException JobChanged(string job) =>
        new(ServiceError.LostRace, $"job {job} was changed by another activation, or deleted");

    public static SurveyServiceException Stopping() => new(ServiceError.Stopping, "the activation is going down");

    public static SurveyServiceException Damaged(string what, string found, string expected) =>
        new(ServiceError.StoreRefused, $"{what}: found {found}, expected {expected}");

    public static SurveyServiceException Unrecoverable(string damage, string reason) =>
        new(ServiceError.StoreRefused,
            $"{damage}; it is not made again by itself, since {reason}: tsmap verify --repair makes it again from what there is");

    public static SurveyServiceException Internal(string what, Exception exception) =>
        new(ServiceError.StoreRefused, $"{what}: internal error: {exception.GetType().Name}: {exception.Message}");

    /// <summary>What it means for a tile's stack that reading or making it failed.</summary>
    public static SurveyServiceException OfStack(string tile, Exception exception) => exception switch
    {
        StorageException storage => Of(storage),
        IOException => new SurveyServiceException(ServiceError.StoreUnavailable, $"tile {tile}: {exception.Message}"),
        _ => Damaged($"tile {tile}", exception.Message, "a stack that can be made again"),
    };

    public static SurveyServiceException Of(StorageException exception) => new(
        exception.Error switch
        {
            StorageError.Unavailable or StorageError.TimedOut or StorageError.Changed => ServiceError.StoreUnavailable,
            StorageError.Full => ServiceError.StoreFull,
            _ => ServiceError.StoreRefused,
        },
        exception.Message);

    /// <summary>Of a name that nothing has, or of a definition.</summary>
    public static SurveyServiceException Of(SurveyException exception) => new(
        exception.Unknown switch
        {
            NameKind.Survey => ServiceError.UnknownSurvey,
            NameKind.Tile => ServiceError.UnknownTile,
            NameKind.Map => ServiceError.UnknownMap,
            NameKind.Slice => ServiceError.UnknownSlice,
            NameKind.Quantity => ServiceError.UnknownQuantity,
            NameKind.Observation => ServiceError.UnknownObservation,
            NameKind.Job => ServiceError.UnknownJob,
            _ => ServiceError.BadDefinition,
        },
        exception.Message, exception.Unknown is null ? [.. exception.Problems] : []);

    public static UnusableException Gone(ObservationRef observation) =>
        new($"{observation.Name}: this version ({observation.ETag}) is no longer in the store") { IsGone = true };

    public static UnusableException GoneDataset(string dataset) => new($"{dataset}: what was uploaded is no longer in the store");

    public static UnusableException TooLarge(ObservationRef observation, long length, long limit) =>
        new($"{observation.Name}: found {length} bytes, expected at most {limit}");

    public static UnusableException NotYetMade(ObservationRef observation, DateTimeOffset night) => new(FormattableString.Invariant(
        $"{observation.Name}: GTI: found the night of {night:yyyy-MM-dd HH:mm} UTC, expected one that has begun: the survey has slices"));

    public static UnusableException TooLargeJob(double bytes, long limit) =>
        new($"datasets: found {TileBytes.Text(bytes)} of memory with what is computed of them, expected at most {TileBytes.Text(limit)} "
            + "(the server's setting Compute:JobBytes): fewer or smaller datasets, or narrower kernels take less");

    public static UnusableException TooLong(TimeSpan limit) =>
        new($"it was not done in {limit:g}, the longest that a job may take once it was started (the server's setting Compute:JobTime)");

    public static UnusableException FailedBlock(string? reason) => new(reason ?? "no reason given");

    public static UnusableException TriedTooLong(int block, TimeSpan patience, Exception exception) =>
        new($"block {block} could not be computed for {patience}: {exception.Message}", exception);

    /// <summary>The reason names file, HDU and card, or the map, as whoever refused it does.</summary>
    /// <param name="name">Of the observation or dataset; empty where the message names it.</param>
    public static UnusableException Unusable(string name, Exception exception)
    {
        var place = name.Length == 0 ? "" : $"{name}: ";
        if (exception is not (FitsException or MapException or SurveyException or SkyException or StorageException or InvalidDataException))
            return new($"{place}internal error: {exception.GetType().Name}: {exception.Message}", exception) { IsInternal = true };
        return new(
            exception.Message.StartsWith(name, StringComparison.Ordinal) ? exception.Message : $"{place}{exception.Message}", exception);
    }
}
