using System.Collections.Immutable;
using TsMapSurvey.Contracts;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Storage.Layout;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Grains;

/// <summary>Every failure that a grain answers with.</summary>
internal static class ServiceFaults
{
    public static SurveyServiceException UnknownSurvey(string survey) =>
        new(ServiceError.UnknownSurvey, $"found no survey '{survey}' in the store, expected one that was defined");

    public static SurveyServiceException UnknownObservation(string survey, string name) =>
        new(ServiceError.UnknownObservation, $"survey {survey} has seen no observation '{name}'");

    public static SurveyServiceException UnknownTile(string survey, string tile, int columns, int rows) =>
        new(ServiceError.UnknownTile, $"survey {survey} has no tile '{tile}', expected x000y000 to x{columns - 1:D3}y{rows - 1:D3}");

    public static SurveyServiceException UnknownMap(string survey, string map, IEnumerable<string> maps) =>
        new(ServiceError.UnknownMap, $"survey {survey} has no map '{map}', expected one of {string.Join(", ", maps)}");

    public static SurveyServiceException UnknownSlice(string survey, string slice, IEnumerable<string> slices) =>
        new(ServiceError.UnknownSlice, $"survey {survey} has no slice '{slice}', expected one of {string.Join(", ", slices)}; to add one, name it in slices of survey.json and start the servers again with that definition");

    public static SurveyServiceException Undated(string survey, string tile, int observations) =>
        new(ServiceError.UndatedObservations, $"tile {tile}: found {observations} observations from before survey {survey} had slices, expected to know when they were made: tsmap verify --survey {survey} --repair reads it");

    public static SurveyServiceException UnknownQuantity(string map, string quantity, IEnumerable<string> quantities) =>
        new(ServiceError.UnknownQuantity, $"map {map} has no quantity '{quantity}', expected one of {string.Join(", ", quantities)}");

    public static SurveyServiceException UnknownEnergyBin(string map, int bin, int bins) =>
        new(ServiceError.UnknownQuantity, $"map {map} has no energy bin {bin}, expected 0 to {bins - 1}");

    public static SurveyServiceException UnknownJob(string job) => new(ServiceError.UnknownJob, $"there is no job '{job}', or no longer: what nobody asks about is deleted");

    public static SurveyServiceException UnknownDataset(string job, int dataset, int datasets) =>
        new(ServiceError.UnknownDataset, $"job {job} has no dataset {dataset}, expected 0 to {datasets - 1}");

    public static SurveyServiceException WrongState(string job, ComputeState found, string expected) =>
        new(ServiceError.WrongState, $"job {job} is {found}, expected {expected}");

    public static SurveyServiceException MissingDatasets(string job, IEnumerable<string> names) =>
        new(ServiceError.WrongState, $"job {job}: {string.Join(", ", names)} did not arrive yet, expected every dataset before the start");

    public static SurveyServiceException TooManyJobs(int jobs) =>
        new(ServiceError.TooManyJobs, $"there are {jobs} jobs, as many as are taken at a time: expected to be asked again when one has ended");

    public static SurveyServiceException TooLarge(string what, double needed, long budget) =>
        new(ServiceError.TooLarge, $"{what} takes {TileBytes.Text(needed)} of memory, expected at most {TileBytes.Text(budget)}");

    public static SurveyServiceException Busy(string what, int waiting) =>
        new(ServiceError.Busy, $"{what}: {waiting} others wait for memory already, expected to be asked again later");

    public static SurveyServiceException BadOptions(IReadOnlyList<string> problems) =>
        new(ServiceError.BadOptions, string.Join("; ", problems), [.. problems]);

    public static SurveyServiceException BadDefinition(SurveyException bad) =>
        new(ServiceError.BadDefinition, bad.Message, [.. bad.Problems]);

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
        new(ServiceError.DefinitionConflict, $"there is a survey '{survey}' with another definition, and but for its slices a definition never changes: expected the same one, or another name");

    public static SurveyServiceException BeingDeleted(string survey) =>
        new(ServiceError.DefinitionConflict, $"a survey '{survey}' is being deleted, or its deletion was broken off: expected that it is finished first (DELETE /api/surveys/{survey} goes on with it)");

    public static SurveyServiceException WrongState(string observation, ObservationState found, string expected) =>
        new(ServiceError.WrongState, $"observation {observation} is {found}, expected {expected}");

    public static SurveyServiceException NotInStore(string observation) =>
        new(ServiceError.WrongState, $"observation {observation}: the store has it no longer, put it there again");

    public static SurveyServiceException Blocked(string tile, LedgerEntry entry, string reason) =>
        new(ServiceError.Blocked, $"tile {tile}: its stack cannot be made again without {entry.Observation} as it was when it was added ({reason}): put it back, replace it, or retract it too");

    public static SurveyServiceException Superseded(string observation) =>
        new(ServiceError.LostRace, $"observation {observation}: a later decision about it was made by another activation; this one ends");

    public static SurveyServiceException LostRace(string tile, long revision) =>
        new(ServiceError.LostRace, $"tile {tile}: another writer has committed revision {revision}; this activation ends");

    public static SurveyServiceException DamagedJob(string job, string found) =>
        new(ServiceError.WrongState, $"job {job}: found a damaged record ({found}), expected it as it was written: delete the job, and open it again");

    public static SurveyServiceException DamagedBlock(string job, string blob, Exception bad) =>
        new(ServiceError.StoreUnavailable, $"job {job}: {blob} is missing or damaged and is computed again ({bad.Message})");

    public static SurveyServiceException JobChanged(string job) => new(ServiceError.LostRace, $"job {job} was changed by another activation, or deleted");

    public static SurveyServiceException Stopping() => new(ServiceError.Stopping, "the activation is going down");

    public static SurveyServiceException Damaged(string what, string found, string expected) =>
        new(ServiceError.StoreRefused, $"{what}: found {found}, expected {expected}");

    public static SurveyServiceException Unrecoverable(string damage, string reason) =>
        new(ServiceError.StoreRefused, $"{damage}; it is not made again by itself, since {reason}: tsmap verify --repair makes it again from what there is");

    public static SurveyServiceException Internal(string what, Exception bad) =>
        new(ServiceError.StoreRefused, $"{what}: internal error: {bad.GetType().Name}: {bad.Message}");

    /// <summary>What it means for a tile's stack that reading or making it failed.</summary>
    public static SurveyServiceException OfStack(string tile, Exception bad) => bad switch
    {
        StorageException storage => Of(storage),
        IOException => new SurveyServiceException(ServiceError.StoreUnavailable, $"tile {tile}: {bad.Message}"),
        _ => Damaged($"tile {tile}", bad.Message, "a stack that can be made again"),
    };

    public static SurveyServiceException Of(StorageException bad) => new(
        bad.Error switch
        {
            StorageError.Unavailable or StorageError.TimedOut or StorageError.Changed => ServiceError.StoreUnavailable,
            StorageError.Full => ServiceError.StoreFull,
            _ => ServiceError.StoreRefused,
        },
        bad.Message);
}
