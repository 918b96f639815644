using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using TsMapSurvey.Contracts;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Observations;

/// <summary>
/// One observation: takes decisions about it, makes each durable before any tile hears of it, and has them carried out step by step. A
/// decision may come while a step is under way; the step then finds the record changed, and its end is no longer written.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "no timer and no wait handle in it: there is nothing to free")]
internal sealed partial class ObservationGrain(
    SurveyCatalog catalog, ObservationReader reader, TimeProvider time, ILogger<ObservationGrain> logger) : Grain, IObservationGrain
{
    private ObservationKeeper? _keeper;

    private string Name => GrainKeys.Split(this.GetPrimaryKeyString()).Name;

    public Task<ObservationStatus> Arrive(ObservationRef observation, CancellationToken cancellationToken) => GuardAsync(async keeper =>
    {
        await keeper.SeeAsync(cancellationToken);
        var steps = new ObservationSteps(keeper, reader, new ObservationTiles(GrainFactory, keeper.Setup), time, logger);
        while (keeper.Record is { } record && !record.IsSettled && await steps.StepAsync(record, cancellationToken))
        {
        }

        return (keeper.Record
            ?? ObservationLife.New(observation, time.GetUtcNow()) with { Reason = $"{Name}: the store has it no longer" }).ToStatus();
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
                    throw ServiceErrors.WrongState(Name, record.State.ToWire(), "one that is quarantined or retracted");
                return await ToldAsync(keeper);
            }

            var there = await keeper.Setup.Observations.FindAsync(Name, cancellationToken) ?? throw ServiceErrors.NotInStore(Name);
            if (await keeper.SaveAsync(record, record.Retried(there.ETag, time.GetUtcNow()), cancellationToken))
                return await ToldAsync(keeper);
        }
    }, cancellationToken);

    public Task<ObservationStatus> Retract(string operationId, CancellationToken cancellationToken) => GuardAsync(async keeper =>
    {
        while (true)
        {
            // The version that is in the store now is the one that is meant, seen before or not.
            await keeper.SeeAsync(cancellationToken);
            var record = keeper.Record ?? throw Unknown(keeper);
            if (record is { State: RecordState.Retracted } or { State: RecordState.Retracting, EndsAs: RecordState.Retracted })
            {
                await keeper.EnsureNewestAsync(cancellationToken);
                if (ReferenceEquals(keeper.Record, record)) return await ToldAsync(keeper);
                continue;
            }

            var hash = record.Hash ?? await keeper.HashAsync(cancellationToken);
            // Without a record nobody knows whether some tile holds it.
            var known = keeper.IsStored ? record : record with { Damage = "it was missing" };
            var reason = $"{Name}: retracted on request (operation {operationId})";
            var next = known.TakenOut(RecordState.Retracted, reason, time.GetUtcNow()) with { Hash = hash };
            if (await keeper.SaveAsync(record, next, cancellationToken)) return await ToldAsync(keeper);
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
                var there = await keeper.Setup.Observations.FindAsync(Name, CancellationToken.None);
                // Back again: tiles that held on to it find it there, and those that let go of it put it in again.
                var next = there is null
                    ? record.Deleted(time.GetUtcNow())
                    : record with { State = RecordState.Planned, Reason = $"{Name}: a tile has to read it again" };
                if (await keeper.SaveAsync(record, next, CancellationToken.None)) await ToldAsync(keeper);
                return 0;
            }, CancellationToken.None);
        }
        catch (Exception exception) when (exception is SurveyServiceException or StorageException or OrleansException or TimeoutException)
        {
            LogNotHeard(Name, exception);
        }
    }

    /// <summary>Whatever fails: what was written, the store knows; it is looked at anew the next time.</summary>
    private async Task<T> GuardAsync<T>(Func<ObservationKeeper, Task<T>> work, CancellationToken cancellationToken)
    {
        ObservationKeeper? keeper = null;
        try
        {
            return await work(keeper = await OpenAsync(cancellationToken));
        }
        catch (Exception exception) when (exception is StorageException or SurveyServiceException)
        {
            var isOfAsking = exception is SurveyServiceException { Error: ServiceError.UnknownObservation or ServiceError.WrongState };
            if (!isOfAsking && _keeper == keeper) _keeper = null;
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
        // Another call may have opened, and gone on, meanwhile.
        return _keeper ??= keeper;
    }

    /// <summary>Has the intake send it on.</summary>
    private async Task<ObservationStatus> ToldAsync(ObservationKeeper keeper)
    {
        var status = keeper.Record!.ToStatus();
        await GrainFactory.Intake(keeper.Setup.Name).ObservationChanged(status);
        return status;
    }

    private SurveyServiceException Unknown(ObservationKeeper keeper) => ServiceErrors.UnknownObservation(keeper.Setup.Name, Name);
}
