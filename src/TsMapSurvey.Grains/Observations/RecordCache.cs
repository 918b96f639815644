using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Observations;

/// <summary>A survey's observation records at one time.</summary>
/// <param name="Records">Unordered. Their histories have only the last step to Changed, Retracting, Retracted or Quarantined.</param>
/// <param name="Later">An observation whose record a later version of this program wrote; null if there is none.</param>
internal sealed record RecordSnapshot(IReadOnlyCollection<ObservationRecord> Records, string? Later);

/// <summary>
/// This silo's cache of a survey's observation records: each refresh lists all of them and reads those that changed since the last one.
/// Concurrent callers share a refresh that began after all their calls.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "holds no timer and no wait handle, so there is nothing to dispose")]
internal sealed class RecordCache(ObservationRecords records)
{
    private const int Readers = 16;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly ConcurrentDictionary<string, (string ETag, ObservationRecord? Record)> _known = new(StringComparer.Ordinal);
    private RecordSnapshot? _newest;
    private long _newestRefresh;
    private long _refreshes;

    /// <summary>Returns the records as of this call or later.</summary>
    public Task<RecordSnapshot> ReadAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var last = Interlocked.Read(ref _refreshes);
        // On the thread pool: a grain that is deactivated must not hold the semaphore.
        return Task.Run(() => ReadAfterAsync(last, now, cancellationToken), cancellationToken);
    }

    private async Task<RecordSnapshot> ReadAfterAsync(long last, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_newest is { } shared && _newestRefresh > last) return shared;
            var refresh = Interlocked.Increment(ref _refreshes);
            var newest = await RefreshAsync(now, cancellationToken);
            (_newest, _newestRefresh) = (newest, refresh);
            return newest;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<RecordSnapshot> RefreshAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var listed = new HashSet<string>(StringComparer.Ordinal);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Readers, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(records.ListVersionsAsync(cancellationToken), parallel, async (version, token) =>
        {
            lock (listed) listed.Add(version.Observation);
            if (_known.TryGetValue(version.Observation, out var known) && known.ETag == version.ETag) return;
            try
            {
                if (await records.ReadAsync(version.Observation, now, token) is { } stored)
                    _known[version.Observation] = (stored.ETag, Shorten(stored.Record));
            }
            catch (StorageException later) when (later.Error == StorageError.LaterVersion)
            {
                _known[version.Observation] = (version.ETag, null);
            }
        });
        foreach (var gone in _known.Keys.Where(name => !listed.Contains(name)).ToArray()) _known.TryRemove(gone, out _);
        var later = _known.FirstOrDefault(known => known.Value.Record is null).Key;
        return new RecordSnapshot([.. from known in _known.Values where known.Record is not null select known.Record], later);
    }

    private static ObservationRecord Shorten(ObservationRecord record) => record with
    {
        History = [.. record.History.Where(step =>
            step.State is RecordState.Changed or RecordState.Retracting or RecordState.Retracted or RecordState.Quarantined).TakeLast(1)],
    };
}
