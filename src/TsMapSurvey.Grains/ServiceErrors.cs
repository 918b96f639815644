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
/// All failures of the grains: those of their calls, and those that make an observation or a job unusable. Exceptions of the store and of
/// the check of names are converted by <see cref="ServiceErrorFilter"/>.
/// </summary>
internal static class ServiceErrors
{
    public static SurveyServiceException UnknownSurvey(string survey) =>
        new(ServiceError.UnknownSurvey, $"found no survey '{survey}' in the store, expected one that was defined");

    public static SurveyServiceException NoMosaic(string survey) =>
        new(ServiceError.NoMosaic, $"survey {survey} has no mosaic: its tiling has no common image grid; request the maps of its tiles, "
            + "its preview.png, a HiPS, or an image of any projection from /hips2fits");

    public static SurveyServiceException UnknownObservation(string survey, string name) =>
        Of(SurveyErrors.UnknownObservation(survey, name));

    public static SurveyServiceException Undated(string survey, string tile, int observations) =>
        new(ServiceError.UndatedObservations,
            $"tile {tile}: found {observations} observations without a recorded start time, because they were added before survey {survey} "
            + $"had slices; tsmap verify --survey {survey} --repair adds the times");

    public static SurveyServiceException UnknownEnergyBin(string map, int bin, int bins) =>
        new(ServiceError.UnknownQuantity, $"map {map} has no energy bin {bin}, expected 0 to {bins - 1}");

    public static SurveyServiceException UnknownJob(string job) => Of(SurveyErrors.UnknownJob(job));

    public static SurveyServiceException UnknownDataset(string job, int dataset, int datasets) =>
        new(ServiceError.UnknownDataset, $"job {job} has no dataset {dataset}, expected 0 to {datasets - 1}");

    public static SurveyServiceException WrongState(string job, ComputeState found, string expected) =>
        new(ServiceError.WrongState, $"job {job} is {found}, expected {expected}");

    public static SurveyServiceException MissingDatasets(string job, IEnumerable<string> names) =>
        new(ServiceError.WrongState, $"job {job}: {string.Join(", ", names)} not uploaded yet, expected all datasets before the start");

    public static SurveyServiceException TooManyJobs(int jobs) =>
        new(ServiceError.TooManyJobs,
            $"found {jobs} jobs, the maximum of the cluster; retry when a job has ended");

    public static SurveyServiceException TooLarge(string what, double needed, long budget) =>
        new(ServiceError.TooLarge, $"{what} needs {TileBytes.Text(needed)} of memory, expected at most {TileBytes.Text(budget)}");

    public static SurveyServiceException Busy(string what, int waiting) =>
        new(ServiceError.Busy, $"{what}: {waiting} other requests wait for memory already; retry later");

    public static SurveyServiceException BadOptions(IReadOnlyList<string> problems) =>
        new(ServiceError.BadOptions, string.Join("; ", problems), [.. problems]);

    public static SurveyServiceException BadDefinition(params ImmutableArray<string> problems) =>
        new(ServiceError.BadDefinition, $"survey definition: {string.Join("; ", problems)}", problems);

    /// <summary>The stored definition is damaged; the caller is not to blame.</summary>
    public static SurveyServiceException DamagedDefinition(string survey, string problem) =>
        new(
            ServiceError.StoreRefused,
            $"{StoreLayout.Definition(survey)}: {problem}; restore the blob, or delete it and define the survey again");

    public static SurveyServiceException TooManySurveys(int surveys) =>
        new(ServiceError.TooManySurveys, $"there are {surveys} surveys, the maximum of this server; delete one, or raise Limits:Surveys");

    public static SurveyServiceException DefinitionConflict(string survey) =>
        new(ServiceError.DefinitionConflict,
            $"there is a survey '{survey}' with another definition, of which only the slices can be changed; use the same "
            + "definition or another name");

    public static SurveyServiceException BeingDeleted(string survey) =>
        new(ServiceError.DefinitionConflict,
            $"a survey '{survey}' is being deleted, or its deletion was interrupted; wait for its end, or resume it with DELETE "
            + $"/api/surveys/{survey}");

    public static SurveyServiceException WrongState(string observation, ObservationState found, string expected) =>
        new(ServiceError.WrongState, $"observation {observation} is {found}, expected {expected}");

    public static SurveyServiceException NotInStore(string observation) =>
        new(ServiceError.WrongState, $"observation {observation}: it is no longer in the store; upload it again");

    public static SurveyServiceException Blocked(string tile, LedgerEntry entry, string reason) =>
        new(ServiceError.Blocked,
            $"tile {tile}: the stack cannot be rebuilt without the added version of {entry.Observation} ({reason}); put that version back, "
            + "replace it, or retract the observation too");

    public static SurveyServiceException Superseded(string observation) =>
        new(ServiceError.LostRace, $"observation {observation}: another activation has made a later decision; this activation ends");

    public static SurveyServiceException LostRace(string tile, long revision) =>
        new(ServiceError.LostRace, $"tile {tile}: another writer has committed revision {revision}; this activation ends");

    public static SurveyServiceException DamagedJob(string job, string found) =>
        new(ServiceError.WrongState,
            $"job {job}: the record is damaged ({found}); delete the job, and open it again");

    public static SurveyServiceException DamagedBlock(string job, string blob, Exception exception) =>
        new(ServiceError.StoreUnavailable, $"job {job}: {blob} is missing or damaged and is computed again ({exception.Message})");

    public static SurveyServiceException JobChanged(string job) =>
        new(ServiceError.LostRace, $"job {job} was changed by another activation, or deleted");

    public static SurveyServiceException Stopping() => new(ServiceError.Stopping, "the activation is stopping");

    public static SurveyServiceException Damaged(string what, string found, string expected) =>
        new(ServiceError.StoreRefused, $"{what}: found {found}, expected {expected}");

    public static SurveyServiceException Unrecoverable(string damage, string reason) =>
        new(ServiceError.StoreRefused,
            $"{damage}; it is not recovered automatically, because {reason}; tsmap verify --repair recovers what is possible");

    public static SurveyServiceException Internal(string what, Exception exception) =>
        new(ServiceError.StoreRefused, $"{what}: internal error: {exception.GetType().Name}: {exception.Message}");

    /// <summary>Converts an exception while reading or building a tile's stack.</summary>
    public static SurveyServiceException OfStack(string tile, Exception exception) => exception switch
    {
        StorageException storage => Of(storage),
        IOException => new SurveyServiceException(ServiceError.StoreUnavailable, $"tile {tile}: {exception.Message}"),
        _ => Damaged($"tile {tile}", exception.Message, "a stack that can be rebuilt"),
    };

    public static SurveyServiceException Of(StorageException exception) => new(
        exception.Error switch
        {
            StorageError.Unavailable or StorageError.TimedOut or StorageError.Changed => ServiceError.StoreUnavailable,
            StorageError.Full => ServiceError.StoreFull,
            _ => ServiceError.StoreRefused,
        },
        exception.Message);

    public static SurveyServiceException Of(SurveyException exception) => new(
        exception.Unknown switch
        {
            NameKind.Survey => ServiceError.UnknownSurvey,
            NameKind.Tile => ServiceError.UnknownTile,
            NameKind.Map => ServiceError.UnknownMap,
            NameKind.Slice => ServiceError.UnknownSlice,
            NameKind.Quantity or NameKind.Layer => ServiceError.UnknownQuantity,
            NameKind.Observation => ServiceError.UnknownObservation,
            NameKind.Job => ServiceError.UnknownJob,
            _ => ServiceError.BadDefinition,
        },
        exception.Message, exception.Unknown is null ? [.. exception.Problems] : []);

    public static UnusableException Gone(ObservationRef observation) =>
        new($"{observation.Name}: this version ({observation.ETag}) is no longer in the store") { IsGone = true };

    public static UnusableException GoneDataset(string dataset) => new($"{dataset}: the uploaded file is no longer in the store");

    public static UnusableException TooLarge(ObservationRef observation, long length, long limit) =>
        new($"{observation.Name}: found {length} bytes, expected at most {limit}");

    public static UnusableException NotYetMade(ObservationRef observation, DateTimeOffset night) => new(FormattableString.Invariant(
        $"{observation.Name}: GTI: found the night of {night:yyyy-MM-dd HH:mm} UTC, expected one that has begun (the survey has slices)"));

    public static UnusableException TooLargeJob(double bytes, long limit) =>
        new($"datasets: the computation needs {TileBytes.Text(bytes)} of memory, expected at most {TileBytes.Text(limit)} "
            + "(the server's setting Compute:JobBytes); use fewer or smaller datasets, or narrower kernels");

    public static UnusableException TooLong(TimeSpan limit) =>
        new($"the job did not end within {limit:g} of its start (the server's setting Compute:JobTime)");

    public static UnusableException FailedBlock(string? reason) => new(reason ?? "no reason given");

    public static UnusableException RetriedTooLong(int block, TimeSpan duration, Exception exception) =>
        new($"block {block} failed repeatedly for {duration}: {exception.Message}", exception);

    /// <param name="name">Name of the observation or dataset; empty if the exception's message has it.</param>
    public static UnusableException Unusable(string name, Exception exception)
    {
        var prefix = name.Length == 0 ? "" : $"{name}: ";
        if (exception is not (FitsException or MapException or SurveyException or SkyException or StorageException or InvalidDataException))
            return new($"{prefix}internal error: {exception.GetType().Name}: {exception.Message}", exception) { IsInternal = true };
        return new(
            exception.Message.StartsWith(name, StringComparison.Ordinal) ? exception.Message : $"{prefix}{exception.Message}", exception);
    }
}
