using System.Diagnostics.CodeAnalysis;
using TsMapSurvey.Contracts;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Observations;

/// <summary>
/// Caches an observation's record and replaces it in the store: one write at a time, each conditional on the record it was derived from.
/// Belongs to a grain whose calls may interleave at every await.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "holds no timer and no wait handle, so there is nothing to dispose")]
internal sealed class ObservationKeeper
{
    private const int LongestHistory = 20;
    private readonly ObservationRecords _records;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly string _name;
    private readonly TimeProvider _time;
    private readonly Action<string, RecordState, int> _saved;
    private string? _eTag;

    private ObservationKeeper(
        SurveySetup setup, ObservationRecords records, string name, TimeProvider time, Action<string, RecordState, int> saved) =>
        (Setup, _records, _name, _time, _saved) = (setup, records, name, time, saved);

    public SurveySetup Setup { get; }

    /// <summary>Null if the observation was never seen.</summary>
    public ObservationRecord? Record { get; private set; }

    /// <summary>Whether the store has a record, damaged or not.</summary>
    public bool IsStored => _eTag is not null;

    /// <exception cref="SurveyServiceException">UnknownObservation: the name is invalid.</exception>
    public static async Task<ObservationKeeper> OpenAsync(
        SurveySetup setup, string name, TimeProvider time, Action<string, RecordState, int> saved, CancellationToken cancellationToken)
    {
        var records = new ObservationRecords(setup.Blobs, setup.Name);
        if (records.NameFault(name) is not null) throw ServiceErrors.UnknownObservation(setup.Name, name);
        var stored = await records.ReadAsync(name, time.GetUtcNow(), cancellationToken);
        return new ObservationKeeper(setup, records, name, time, saved) { Record = stored?.Record, _eTag = stored?.ETag };
    }

    /// <summary>Reads the blob's current ETag, and records a new version.</summary>
    public async Task CheckStoreAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var record = Record;
            if (record?.Damage is not null) return;
            if (await Setup.Observations.FindAsync(_name, cancellationToken) is not { } blob || blob.ETag == record?.SeenETag) return;
            if (record is null)
            {
                if (Record is null) Record = ObservationLife.New(new ObservationRef(_name, blob.ETag), _time.GetUtcNow());
                return;
            }

            var hash = record.Hash is null || record.SeenETag.Length == 0 ? null : await HashAsync(blob, cancellationToken);
            var next = hash is not null && hash == record.Hash
                ? record.WithETag(blob.ETag)
                : record.Replaced(blob.ETag, _time.GetUtcNow());
            if (await SaveAsync(record, next, cancellationToken)) return;
        }
    }

    /// <summary>Returns the hash of the blob's current content; null if there is no blob or it cannot be read.</summary>
    public async Task<string?> HashAsync(CancellationToken cancellationToken) =>
        await Setup.Observations.FindAsync(_name, cancellationToken) is { } blob ? await HashAsync(blob, cancellationToken) : null;

    /// <summary>Checks that this activation is not stale, before it answers that nothing is left to do.</summary>
    /// <exception cref="SurveyServiceException">LostRace: another activation has written.</exception>
    public async Task EnsureNewestAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (await _records.FindETagAsync(_name, cancellationToken) != _eTag) throw ServiceErrors.Superseded(_name);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Replaces the cached record without writing it, unless it is no longer <paramref name="before"/>.</summary>
    public bool TryReplace(ObservationRecord before, ObservationRecord now)
    {
        if (!ReferenceEquals(Record, before)) return false;
        Record = now;
        return true;
    }

    /// <summary>Writes the next record, unless the cached one is no longer <paramref name="before"/>; then returns false.</summary>
    /// <exception cref="SurveyServiceException">LostRace: another activation has written.</exception>
    /// <exception cref="StorageException">The outcome is unknown.</exception>
    public async Task<bool> SaveAsync(ObservationRecord before, ObservationRecord next, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (!ReferenceEquals(Record, before)) return false;
            var now = _time.GetUtcNow();
            if (next.State != before.State || next.History.Count == 0)
            {
                var step = new RecordStep(next.State, now, next.Reason);
                next = next with { ChangedAt = now, History = [.. next.History.TakeLast(LongestHistory - 1), step] };
            }

            var stored = await _records.WriteAsync(next, _eTag, cancellationToken) ?? throw ServiceErrors.Superseded(_name);
            (Record, _eTag) = (stored.Record, stored.ETag);
            _saved(_name, next.State, next.Tiles.Count);
            return true;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<string?> HashAsync(BlobEntry blob, CancellationToken cancellationToken)
    {
        try
        {
            return await ObservationPlanner.HashAsync(Setup, blob, cancellationToken);
        }
        catch (UnusableException)
        {
            return null;
        }
    }
}
