using Microsoft.Extensions.Logging;
using TsMapSurvey.Contracts;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains;

/// <summary>One observation: plans it, has its tiles add it, and remembers durably how far it is.</summary>
[CollectionAgeLimit(Minutes = 2)]
internal sealed partial class ObservationGrain(
    SurveyCatalog catalog, ObservationReader reader, TimeProvider time, ILogger<ObservationGrain> logger) : Grain, IObservationGrain
{
    private const int TilesAtOnce = 8;
    private StoredRecord? _stored;
    private ObservationRecord? _shown;
    private bool _isOpen;

    public async Task<ObservationStatus> Arrive(ObservationRef observation, CancellationToken cancellationToken)
    {
        try
        {
            var setup = await OpenAsync(cancellationToken);
            var records = new ObservationRecords(setup.Blobs, setup.Name);
            if (_stored is { } stored && stored.Record.SeenETag != observation.ETag) await ReplaceAsync(records, stored.Record, observation, cancellationToken);
            if (_stored is null) _shown = ObservationRecord.New(observation, time.GetUtcNow()) with { ReceivedAt = _shown?.ReceivedAt ?? time.GetUtcNow() };
            if (_shown!.State == ObservationState.Received) await PlanAsync(setup, records, observation, cancellationToken);
            if (_shown.State is ObservationState.Planned or ObservationState.Stacking) await StackAsync(setup, records, cancellationToken);
            return _shown.ToStatus();
        }
        catch (Exception bad) when (bad is StorageException or SurveyServiceException)
        {
            // Whatever was written, the store knows; look there next time.
            (_stored, _shown, _isOpen) = (null, null, false);
            throw bad is StorageException store ? ServiceFaults.Of(store) : bad;
        }
    }

    public async Task<ObservationStatus> GetStatus(CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken);
        return (_shown ?? throw Unknown()).ToStatus();
    }

    public async Task<ObservationStatus> Retry(CancellationToken cancellationToken)
    {
        var setup = await OpenAsync(cancellationToken);
        var record = (_stored ?? throw Unknown()).Record;
        if (record.State != ObservationState.Quarantined || record.HasBegun)
            throw ServiceFaults.WrongState(record.Name, record.State, "one that is quarantined and that no tile has begun to add");
        var records = new ObservationRecords(setup.Blobs, setup.Name);
        await SaveAsync(records, ObservationRecord.New(new ObservationRef(record.Name, record.SeenETag), time.GetUtcNow()) with { ReceivedAt = record.ReceivedAt }, cancellationToken);
        await GrainFactory.Intake(setup.Name).ObservationChanged(_shown!.ToStatus());
        return _shown.ToStatus();
    }

    public async Task<ObservationStatus> Retract(string operationId, CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken);
        throw _shown is null ? Unknown() : ServiceFaults.NotYet("taking an observation out of the stacks");
    }

    /// <summary>Another version has come: a new life, unless a tile may have the old one.</summary>
    private Task ReplaceAsync(ObservationRecords records, ObservationRecord record, ObservationRef observation, CancellationToken cancellationToken)
    {
        var next = record.HasBegun
            ? record with
            {
                State = ObservationState.Changed,
                SeenETag = observation.ETag,
                Reason = $"{record.Name}: version {observation.ETag} has replaced {record.ETag}, which tiles have or began to add; it is not added on top",
            }
            : ObservationRecord.New(observation, time.GetUtcNow());
        return SaveAsync(records, next, cancellationToken);
    }

    private async Task PlanAsync(SurveySetup setup, ObservationRecords records, ObservationRef observation, CancellationToken cancellationToken)
    {
        try
        {
            var tiles = await ObservationPlanner.PlanAsync(setup, reader, observation, cancellationToken);
            var now = time.GetUtcNow();
            var planned = _shown! with { Tiles = tiles, PlannedAt = now, Reason = null };
            await SaveAsync(records, tiles.Count > 0
                ? planned with { State = ObservationState.Planned, HasBegun = true }
                : planned with { State = ObservationState.Stacked, StackedAt = now, Reason = "no pixel of it is safe: it adds nothing" }, cancellationToken);
        }
        catch (UnusableObservationException bad) when (bad.IsGone)
        {
            // Replaced or deleted between the listing and now: the next listing tells which.
            _shown = _shown! with { Reason = bad.Message };
        }
        catch (UnusableObservationException bad)
        {
            if (bad.IsInternal) LogInternal(_shown!.Name, bad.InnerException);
            await QuarantineAsync(records, _shown!, bad.Message, cancellationToken);
        }
    }

    private async Task StackAsync(SurveySetup setup, ObservationRecords records, CancellationToken cancellationToken)
    {
        var record = _shown = _shown! with { State = ObservationState.Stacking };
        var observation = new ObservationRef(record.Name, record.ETag);
        var results = new TileAddResult[record.Tiles.Count];
        using var places = new SemaphoreSlim(TilesAtOnce, TilesAtOnce);
        await Task.WhenAll(Enumerable.Range(0, results.Length).Select(async i =>
        {
            await places.WaitAsync(cancellationToken);
            try
            {
                results[i] = await GrainFactory.Tile(setup.Name, record.Tiles[i]).Add(observation, cancellationToken);
            }
            finally
            {
                places.Release();
            }
        }));
        if (Array.Find(results, result => result.Outcome == TileAddOutcome.Refused) is { } refused)
            await QuarantineAsync(records, record, refused.Reason!, cancellationToken);
        else if (Array.Find(results, result => result.Outcome is TileAddOutcome.Gone or TileAddOutcome.OtherVersion) is { } other)
            await SaveAsync(records, record with { State = ObservationState.Changed, Reason = other.Reason }, cancellationToken);
        else
            await SaveAsync(records, record with { State = ObservationState.Stacked, StackedAt = time.GetUtcNow(), Reason = null }, cancellationToken);
    }

    private Task QuarantineAsync(ObservationRecords records, ObservationRecord record, string reason, CancellationToken cancellationToken)
    {
        LogQuarantined(record.Name, reason);
        return SaveAsync(records, record with { State = ObservationState.Quarantined, Reason = reason }, cancellationToken);
    }

    private async Task SaveAsync(ObservationRecords records, ObservationRecord record, CancellationToken cancellationToken)
    {
        record = record with { ChangedAt = time.GetUtcNow() };
        _stored = await records.WriteAsync(record, _stored?.ETag, cancellationToken);
        if (_stored is null)
        {
            DeactivateOnIdle();
            throw ServiceFaults.LostRace(record.Name, 0);
        }

        _shown = record;
        LogState(record.Name, record.State, record.Tiles.Count);
    }

    private async Task<SurveySetup> OpenAsync(CancellationToken cancellationToken)
    {
        var (survey, name) = GrainKeys.Split(this.GetPrimaryKeyString());
        var setup = await catalog.GetAsync(survey, cancellationToken);
        if (_isOpen) return setup;
        var records = new ObservationRecords(setup.Blobs, survey);
        if (records.NameFault(name) is not null) throw Unknown();
        var stored = await ReadAsync(records, name, cancellationToken);
        // Another call may have opened, and gone on, meanwhile.
        if (!_isOpen) (_stored, _shown, _isOpen) = (stored, stored?.Record, true);
        return setup;
    }

    private static async Task<StoredRecord?> ReadAsync(ObservationRecords records, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await records.ReadAsync(name, cancellationToken);
        }
        catch (StorageException bad)
        {
            throw ServiceFaults.Of(bad);
        }
    }

    private SurveyServiceException Unknown()
    {
        var (survey, name) = GrainKeys.Split(this.GetPrimaryKeyString());
        return ServiceFaults.UnknownObservation(survey, name);
    }
}
