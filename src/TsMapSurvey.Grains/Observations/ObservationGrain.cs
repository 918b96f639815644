using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using TsMapSurvey.Contracts;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Observations;

/// <summary>
/// One observation: stores each decision about it before any tile is notified, and then carries it out step by step. A decision may arrive
/// during a step; the step then finds the record changed and does not write its result.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "holds no timer and no wait handle, so there is nothing to dispose")]
internal sealed partial class ObservationGrain(
    SurveyCatalog catalog, ObservationReader reader, TimeProvider time, ILogger<ObservationGrain> logger) : Grain, IObservationGrain
{
    private ObservationKeeper? _keeper;

    private string Name => GrainKeys.Split(this.GetPrimaryKeyString()).Name;

    public Task<ObservationStatus> Arrive(ObservationRef observation, CancellationToken cancellationToken) => GuardAsync(async keeper =>
    {
        await keeper.CheckStoreAsync(cancellationToken);
        var steps = new ObservationSteps(keeper, reader, new ObservationTiles(GrainFactory, keeper.Setup), time, logger);
        while (keeper.Record is { } record && !record.IsSettled && await steps.StepAsync(record, cancellationToken))
        {
        }

        return (keeper.Record
            ?? ObservationLife.New(observation, time.GetUtcNow()) with { Reason = $"{Name}: it is no longer in the store" }).ToStatus();
    }, cancellationToken);

    public Task<ObservationStatus> GetStatus(CancellationToken cancellationToken) =>
        GuardAsync(keeper => Task.FromResult((keeper.Record ?? throw Unknown(keeper)).ToStatus()), cancellationToken);

    public Task<ObservationStatus> Retry(CancellationToken cancellationToken) => GuardAsync(async keeper =>
    {
        while (true)
        {
            var record = keeper.Record ?? throw Unknown(keeper);
            if (!record.IsSettled || record.State == RecordState.Stacked)
            {
                await keeper.EnsureNewestAsync(cancellationToken);
                if (!ReferenceEquals(keeper.Record, record)) continue;
                if (record.State == RecordState.Stacked)
                    throw ServiceErrors.WrongState(Name, record.State.ToWire(), "Quarantined or Retracted");
                return await NotifyIntakeAsync(keeper);
            }

            var blob = await keeper.Setup.Observations.FindAsync(Name, cancellationToken) ?? throw ServiceErrors.NotInStore(Name);
            if (await keeper.SaveAsync(record, record.Retried(blob.ETag, time.GetUtcNow()), cancellationToken))
                return await NotifyIntakeAsync(keeper);
        }
    }, cancellationToken);

    public Task<ObservationStatus> Retract(string operationId, CancellationToken cancellationToken) => GuardAsync(async keeper =>
    {
        while (true)
        {
            // The request means the version that is in the store now, whether it was seen before or not.
            await keeper.CheckStoreAsync(cancellationToken);
            var record = keeper.Record ?? throw Unknown(keeper);
            if (record is { State: RecordState.Retracted } or { State: RecordState.Retracting, EndsAs: RecordState.Retracted })
            {
                await keeper.EnsureNewestAsync(cancellationToken);
                if (ReferenceEquals(keeper.Record, record)) return await NotifyIntakeAsync(keeper);
                continue;
            }

            var hash = record.Hash ?? await keeper.HashAsync(cancellationToken);
            // Without a record it is unknown which tiles hold the observation.
            var known = keeper.IsStored ? record : record with { Damage = "it was missing" };
            var reason = $"{Name}: retracted on request (operation {operationId})";
            var next = known.Removed(RecordState.Retracted, reason, time.GetUtcNow()) with { Hash = hash };
            if (await keeper.SaveAsync(record, next, cancellationToken)) return await NotifyIntakeAsync(keeper);
        }
    }, cancellationToken);

    public async Task Lost(ObservationRef observation)
    {
        try
        {
            await GuardAsync(async keeper =>
            {
                if (keeper.Record is not { State: RecordState.Stacked } record
                    || (record.ETag != observation.ETag && (record.Hash is null || record.Hash != observation.Hash))) return 0;
                var blob = await keeper.Setup.Observations.FindAsync(Name, CancellationToken.None);
                // If the blob is back, tiles that still hold the observation keep it, and those that dropped it add it again.
                var next = blob is null
                    ? record.Deleted(time.GetUtcNow())
                    : record with { State = RecordState.Planned, Reason = $"{Name}: a tile must read it again" };
                if (await keeper.SaveAsync(record, next, CancellationToken.None)) await NotifyIntakeAsync(keeper);
                return 0;
            }, CancellationToken.None);
        }
        catch (Exception exception) when (exception is SurveyServiceException or StorageException or OrleansException or TimeoutException)
        {
            LogLossNotHandled(Name, exception);
        }
    }

    /// <summary>After a storage failure the written state is unknown: the next call reads the record again.</summary>
    private async Task<T> GuardAsync<T>(Func<ObservationKeeper, Task<T>> work, CancellationToken cancellationToken)
    {
        ObservationKeeper? keeper = null;
        try
        {
            return await work(keeper = await OpenAsync(cancellationToken));
        }
        catch (Exception exception) when (exception is StorageException or SurveyServiceException)
        {
            var isOfRequest = exception is SurveyServiceException { Error: ServiceError.UnknownObservation or ServiceError.WrongState };
            if (!isOfRequest && _keeper == keeper) _keeper = null;
            if (exception is SurveyServiceException { Error: ServiceError.LostRace }) DeactivateOnIdle();
            throw;
        }
    }

    private async Task<ObservationKeeper> OpenAsync(CancellationToken cancellationToken)
    {
        if (_keeper is { } open) return open;
        var (survey, name) = GrainKeys.Split(this.GetPrimaryKeyString());
        var setup = await catalog.GetAsync(survey, cancellationToken);
        var keeper = await ObservationKeeper.OpenAsync(setup, name, time, LogState, cancellationToken);
        // A concurrent call may have opened it meanwhile.
        return _keeper ??= keeper;
    }

    /// <summary>Notifies the intake, which then calls Arrive.</summary>
    private async Task<ObservationStatus> NotifyIntakeAsync(ObservationKeeper keeper)
    {
        var status = keeper.Record!.ToStatus();
        await GrainFactory.Intake(keeper.Setup.Name).ObservationChanged(status);
        return status;
    }

    private SurveyServiceException Unknown(ObservationKeeper keeper) => ServiceErrors.UnknownObservation(keeper.Setup.Name, Name);
}
