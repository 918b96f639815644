using Microsoft.Extensions.Logging;
using TsMapSurvey.Contracts;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Observations;

/// <summary>Carries out what a record says is to be done next. Every step may be repeated, by this process or another one.</summary>
internal sealed partial class ObservationSteps(
    ObservationKeeper keeper, ObservationReader reader, ObservationTiles tiles, TimeProvider time, ILogger logger)
{
    /// <returns>Whether there is more to do now; otherwise it is settled, or to be tried again later.</returns>
    public async Task<bool> StepAsync(ObservationRecord record, CancellationToken cancellationToken)
    {
        try
        {
            if (record.Damage is not null) return await FindAsync(record, cancellationToken);
            return record.State switch
            {
                RecordState.Received or RecordState.Changed => await PlanAsync(record, cancellationToken),
                RecordState.Planned or RecordState.Stacking => await StackAsync(record, cancellationToken),
                _ => await ClearAsync(record, cancellationToken),
            };
        }
        catch (SurveyServiceException blocked) when (blocked.Error == ServiceError.Blocked)
        {
            // Nothing is wrong with it, but people should see what it waits for.
            var now = keeper.Record!;
            if (now.Reason != blocked.Message)
                await keeper.SaveAsync(now, now with { State = Durable(now.State), Reason = blocked.Message }, cancellationToken);
            return false;
        }
    }

    private async Task<bool> FindAsync(ObservationRecord record, CancellationToken cancellationToken)
    {
        var holders = await tiles.HoldersAsync(record.Name, cancellationToken);
        var there = await keeper.Setup.Observations.FindAsync(record.Name, cancellationToken);
        var found = record.Found(holders, time.GetUtcNow());
        // A decision that names its version is about that one, whatever has come since.
        if (record.SeenETag.Length == 0)
        {
            var eTag = there?.ETag ?? "";
            found = found with { ETag = eTag, SeenETag = eTag, Hash = await keeper.HashAsync(cancellationToken) };
        }

        LogDamaged(record.Name, record.Damage!, holders.Count);
        return await GoOnAsync(record, found, cancellationToken);
    }

    private async Task<bool> PlanAsync(ObservationRecord record, CancellationToken cancellationToken)
    {
        if (await keeper.Setup.Observations.FindAsync(record.Name, cancellationToken) is not { } there)
            return await GoneAsync(record, cancellationToken);
        if (there.ETag != record.SeenETag)
        {
            await keeper.SeeAsync(cancellationToken);
            return true;
        }

        string? hash = null;
        try
        {
            var version = new ObservationRef(there.Name, there.ETag);
            hash = await ObservationPlanner.HashAsync(keeper.Setup, there, cancellationToken) ?? throw ServiceErrors.Gone(version);
            var (planned, identity) = await ObservationPlanner.PlanAsync(
                keeper.Setup, reader, version with { Hash = hash }, time.GetUtcNow(), cancellationToken);
            return await GoOnAsync(record, record.Planned(hash, planned, time.GetUtcNow()) with { Identity = identity }, cancellationToken);
        }
        catch (UnusableException exception) when (exception.IsGone)
        {
            // Replaced or deleted between the look and now: the next look tells which.
            keeper.Note(record, record with { Reason = exception.Message });
            return false;
        }
        catch (UnusableException exception)
        {
            if (exception.IsInternal) LogInternal(record.Name, exception.InnerException);
            return await QuarantineAsync(record, record with { Hash = hash }, exception.Message, cancellationToken);
        }
    }

    private async Task<bool> StackAsync(ObservationRecord record, CancellationToken cancellationToken)
    {
        var stacking = record with { State = RecordState.Stacking };
        if (!keeper.Note(record, stacking)) return true;
        var results = await ApplyAsync(stacking, cancellationToken);
        var decisive = ObservationLife.Decisive(results);
        switch (decisive?.Outcome)
        {
            case null: return await GoOnAsync(stacking, stacking.Stacked(time.GetUtcNow()), cancellationToken);
            case TileChangeOutcome.Superseded: return await OutbidAsync(stacking, results, cancellationToken);
            case TileChangeOutcome.Refused: return await QuarantineAsync(stacking, stacking, decisive.Reason!, cancellationToken);
        }

        if (await keeper.Setup.Observations.FindAsync(record.Name, cancellationToken) is null)
            return await GoneAsync(stacking, cancellationToken);
        await keeper.SeeAsync(cancellationToken);
        // Replaced meanwhile: on with the new one. Else it was put back just now: later again.
        return !ReferenceEquals(keeper.Record, stacking) || !keeper.Note(stacking, stacking with { Reason = decisive.Reason });
    }

    private async Task<TileChangeResult[]> ApplyAsync(ObservationRecord stacking, CancellationToken cancellationToken)
    {
        using var place = await reader.Room.EnterAsync(reader.BytesOf(keeper.Setup.Name, stacking.Version), cancellationToken);
        var results = await tiles.ApplyAsync(stacking, cancellationToken);
        reader.Forget(keeper.Setup.Name, stacking.Version);
        return results;
    }

    private async Task<bool> ClearAsync(ObservationRecord record, CancellationToken cancellationToken)
    {
        var results = await tiles.ApplyAsync(record, cancellationToken);
        if (Array.Exists(results, result => result.Outcome == TileChangeOutcome.Superseded))
            return await OutbidAsync(record, results, cancellationToken);
        // What it had to wait for meanwhile is no reason any more.
        var reason = record.History.LastOrDefault(step => step.State == RecordState.Retracting)?.Reason ?? record.Reason;
        return await GoOnAsync(record, record.Cleared(time.GetUtcNow()) with { Reason = reason }, cancellationToken);
    }

    /// <summary>
    /// A tile knows a later decision. Either another activation has taken it: then this one cannot write. Or the clock went back after a
    /// record was lost: then this decision is the latest, and gets the generation that says so.
    /// </summary>
    private Task<bool> OutbidAsync(ObservationRecord record, TileChangeResult[] results, CancellationToken cancellationToken) =>
        GoOnAsync(
            record,
            record with { Generation = ObservationLife.Next(results.Max(result => result.Generation), time.GetUtcNow()) },
            cancellationToken);

    private async Task<bool> GoneAsync(ObservationRecord record, CancellationToken cancellationToken)
    {
        var gone = record.Deleted(time.GetUtcNow());
        if (record.Holders.Count > 0) return await GoOnAsync(record, gone, cancellationToken);
        keeper.Note(record, record with { Reason = gone.Reason });
        return false;
    }

    private Task<bool> QuarantineAsync(
        ObservationRecord before, ObservationRecord record, string reason, CancellationToken cancellationToken)
    {
        LogQuarantined(record.Name, reason);
        return GoOnAsync(before, record.TakenOut(RecordState.Quarantined, reason, time.GetUtcNow()), cancellationToken);
    }

    /// <summary>Whether it was written or somebody else has decided meanwhile: there may be more to do.</summary>
    private async Task<bool> GoOnAsync(ObservationRecord before, ObservationRecord next, CancellationToken cancellationToken)
    {
        await keeper.SaveAsync(before, next, cancellationToken);
        return true;
    }

    /// <summary>Stacking is never written: what is planned is stacked whenever it is gone on with.</summary>
    private static RecordState Durable(RecordState state) => state == RecordState.Stacking ? RecordState.Planned : state;

    [LoggerMessage(LogLevel.Error, "Observation {Name}: internal error while it was read and planned")]
    private partial void LogInternal(string name, Exception? exception);

    [LoggerMessage(LogLevel.Warning, "Observation {Name}: quarantined: {Reason}")]
    private partial void LogQuarantined(string name, string reason);

    [LoggerMessage(LogLevel.Error, "Observation {Name}: its record was damaged ({Damage}); {Tiles} tiles hold it")]
    private partial void LogDamaged(string name, string damage, int tiles);
}
