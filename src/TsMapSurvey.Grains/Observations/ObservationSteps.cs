using Microsoft.Extensions.Logging;
using TsMapSurvey.Contracts;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Observations;

/// <summary>Carries out the next step that a record requires. Every step is idempotent, across processes too.</summary>
internal sealed partial class ObservationSteps(
    ObservationKeeper keeper, ObservationReader reader, ObservationTiles tiles, TimeProvider time, ILogger logger)
{
    /// <returns>Whether another step follows at once; otherwise the observation is settled, or must be retried later.</returns>
    public async Task<bool> StepAsync(ObservationRecord record, CancellationToken cancellationToken)
    {
        try
        {
            if (record.Damage is not null) return await FindHoldersAsync(record, cancellationToken);
            return record.State switch
            {
                RecordState.Received or RecordState.Changed => await PlanAsync(record, cancellationToken),
                RecordState.Planned or RecordState.Stacking => await StackAsync(record, cancellationToken),
                _ => await ClearAsync(record, cancellationToken),
            };
        }
        catch (SurveyServiceException blocked) when (blocked.Error == ServiceError.Blocked)
        {
            // The observation is valid; the reason shows the user what it waits for.
            var now = keeper.Record!;
            if (now.Reason != blocked.Message)
                await keeper.SaveAsync(now, now with { State = Durable(now.State), Reason = blocked.Message }, cancellationToken);
            return false;
        }
    }

    private async Task<bool> FindHoldersAsync(ObservationRecord record, CancellationToken cancellationToken)
    {
        var holders = await tiles.HoldersAsync(record.Name, cancellationToken);
        var blob = await keeper.Setup.Observations.FindAsync(record.Name, cancellationToken);
        var found = record.WithHolders(holders, time.GetUtcNow());
        // A decision that names a version keeps it, even if another version has arrived since.
        if (record.SeenETag.Length == 0)
        {
            var eTag = blob?.ETag ?? "";
            found = found with { ETag = eTag, SeenETag = eTag, Hash = await keeper.HashAsync(cancellationToken) };
        }

        LogDamaged(record.Name, record.Damage!, holders.Count);
        return await SaveAsync(record, found, cancellationToken);
    }

    private async Task<bool> PlanAsync(ObservationRecord record, CancellationToken cancellationToken)
    {
        if (await keeper.Setup.Observations.FindAsync(record.Name, cancellationToken) is not { } blob)
            return await GoneAsync(record, cancellationToken);
        if (blob.ETag != record.SeenETag)
        {
            await keeper.CheckStoreAsync(cancellationToken);
            return true;
        }

        var hashing = ObservationPlanner.HashAsync(keeper.Setup, blob, cancellationToken);
        try
        {
            var plan = await ObservationPlanner.PlanAsync(
                keeper.Setup, reader, new ObservationRef(blob.Name, blob.ETag), hashing, time.GetUtcNow(), cancellationToken);
            var planned = record.Planned(plan.Hash, plan.Tiles, time.GetUtcNow());
            return await SaveAsync(record, planned with
            {
                Identity = plan.Identity,
                Coverage = plan.Coverage,
                Reduction = plan.Reduction,
            }, cancellationToken);
        }
        catch (UnusableException exception) when (exception.IsGone)
        {
            // The blob was replaced or deleted meanwhile; the retry finds out which.
            keeper.TryReplace(record, record with { Reason = exception.Message });
            return false;
        }
        catch (UnusableException exception)
        {
            if (exception.IsInternal) LogInternal(record.Name, exception.InnerException);
            return await QuarantineAsync(
                record, record with { Hash = await HashOrNullAsync(hashing) }, exception.Message, cancellationToken);
        }
    }

    /// <summary>Null if the content cannot be read.</summary>
    private static async Task<string?> HashOrNullAsync(Task<string?> hashing)
    {
        try
        {
            return await hashing;
        }
        catch (UnusableException)
        {
            return null;
        }
    }

    private async Task<bool> StackAsync(ObservationRecord record, CancellationToken cancellationToken)
    {
        var stacking = record with { State = RecordState.Stacking };
        if (!keeper.TryReplace(record, stacking)) return true;
        var results = await ApplyAsync(stacking, cancellationToken);
        var decisive = ObservationLife.Decisive(results);
        switch (decisive?.Outcome)
        {
            case null: return await SaveAsync(stacking, stacking.Stacked(time.GetUtcNow()), cancellationToken);
            case TileChangeOutcome.Superseded: return await RaiseGenerationAsync(stacking, results, cancellationToken);
            case TileChangeOutcome.Refused: return await QuarantineAsync(stacking, stacking, decisive.Reason!, cancellationToken);
        }

        if (await keeper.Setup.Observations.FindAsync(record.Name, cancellationToken) is null)
            return await GoneAsync(stacking, cancellationToken);
        await keeper.CheckStoreAsync(cancellationToken);
        // If the blob was replaced meanwhile, continue with the new version. Otherwise it has just been put back: retry later.
        return !ReferenceEquals(keeper.Record, stacking) || !keeper.TryReplace(stacking, stacking with { Reason = decisive.Reason });
    }

    private async Task<TileChangeResult[]> ApplyAsync(ObservationRecord stacking, CancellationToken cancellationToken)
    {
        using var admitted = await reader.Room.EnterAsync(reader.BytesOf(keeper.Setup.Name, stacking.Version), cancellationToken);
        var results = await tiles.ApplyAsync(stacking, cancellationToken);
        reader.Forget(keeper.Setup.Name, stacking.Version);
        return results;
    }

    private async Task<bool> ClearAsync(ObservationRecord record, CancellationToken cancellationToken)
    {
        var results = await tiles.ApplyAsync(record, cancellationToken);
        if (Array.Exists(results, result => result.Outcome == TileChangeOutcome.Superseded))
            return await RaiseGenerationAsync(record, results, cancellationToken);
        // Restores the reason of the decision, which a reason for waiting may have replaced.
        var reason = record.History.LastOrDefault(step => step.State == RecordState.Retracting)?.Reason ?? record.Reason;
        return await SaveAsync(record, record.Cleared(time.GetUtcNow()) with { Reason = reason }, cancellationToken);
    }

    /// <summary>
    /// A tile knows a higher generation. If another activation made that decision, this stale one fails to write. If the clock went back
    /// after a record was lost, this decision is the newest, and gets a higher generation.
    /// </summary>
    private Task<bool> RaiseGenerationAsync(ObservationRecord record, TileChangeResult[] results, CancellationToken cancellationToken) =>
        SaveAsync(
            record,
            record with { Generation = ObservationLife.Next(results.Max(result => result.Generation), time.GetUtcNow()) },
            cancellationToken);

    private async Task<bool> GoneAsync(ObservationRecord record, CancellationToken cancellationToken)
    {
        var gone = record.Deleted(time.GetUtcNow());
        if (record.Holders.Count > 0) return await SaveAsync(record, gone, cancellationToken);
        keeper.TryReplace(record, record with { Reason = gone.Reason });
        return false;
    }

    private Task<bool> QuarantineAsync(
        ObservationRecord before, ObservationRecord record, string reason, CancellationToken cancellationToken)
    {
        LogQuarantined(record.Name, reason);
        return SaveAsync(before, record.Removed(RecordState.Quarantined, reason, time.GetUtcNow()), cancellationToken);
    }

    /// <summary>Returns true also if another decision was stored meanwhile, since a step may follow in both cases.</summary>
    private async Task<bool> SaveAsync(ObservationRecord before, ObservationRecord next, CancellationToken cancellationToken)
    {
        await keeper.SaveAsync(before, next, cancellationToken);
        return true;
    }

    /// <summary>Stacking is never stored: processing a planned observation stacks it again.</summary>
    private static RecordState Durable(RecordState state) => state == RecordState.Stacking ? RecordState.Planned : state;

    [LoggerMessage(LogLevel.Error, "Observation {Name}: planning failed with an internal error")]
    private partial void LogInternal(string name, Exception? exception);

    [LoggerMessage(LogLevel.Warning, "Observation {Name}: quarantined: {Reason}")]
    private partial void LogQuarantined(string name, string reason);

    [LoggerMessage(LogLevel.Error, "Observation {Name}: the record was damaged ({Damage}); {Tiles} tiles hold the observation")]
    private partial void LogDamaged(string name, string damage, int tiles);
}
