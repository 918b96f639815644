using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Observations;

/// <summary>A survey's observation records at a time.</summary>
/// <param name="Records">In no order; without their histories but for the last decision that took something back.</param>
/// <param name="Later">An observation whose record a later version of this program wrote; null where there is none.</param>
internal sealed record RecordSnapshot(IReadOnlyCollection<ObservationRecord> Records, string? Later);

/// <summary>
/// The observation records as this silo has read them: each look lists them all, and reads those that were written since the look before.
/// Callers at the same time share a look that began after each of them asked.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "no timer and no wait handle in it: there is nothing to free")]
internal sealed class RecordCache(ObservationRecords records)
{
    private const int Readers = 16;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly ConcurrentDictionary<string, (string ETag, ObservationRecord? Record)> _known = new(StringComparer.Ordinal);
    private RecordSnapshot? _newest;
    private long _newestLook;
    private long _looks;

    /// <summary>The records as they were after this was called, or later.</summary>
    public Task<RecordSnapshot> ReadAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var asked = Interlocked.Read(ref _looks);
        // Off the caller's scheduler: a grain that ends must not keep the turn.
        return Task.Run(() => ReadAfterAsync(asked, now, cancellationToken), cancellationToken);
    }

    private async Task<RecordSnapshot> ReadAfterAsync(long asked, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_newest is { } shared && _newestLook > asked) return shared;
            var look = Interlocked.Increment(ref _looks);
            var newest = await LookAsync(now, cancellationToken);
            (_newest, _newestLook) = (newest, look);
            return newest;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<RecordSnapshot> LookAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var there = new HashSet<string>(StringComparer.Ordinal);
        var together = new ParallelOptions { MaxDegreeOfParallelism = Readers, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(records.ListVersionsAsync(cancellationToken), together, async (version, token) =>
        {
            lock (there) there.Add(version.Observation);
            if (_known.TryGetValue(version.Observation, out var known) && known.ETag == version.ETag) return;
            try
            {
                if (await records.ReadAsync(version.Observation, now, token) is { } stored)
                    _known[version.Observation] = (stored.ETag, Short(stored.Record));
            }
            catch (StorageException later) when (later.Error == StorageError.LaterVersion)
            {
                _known[version.Observation] = (version.ETag, null);
            }
        });
        foreach (var gone in _known.Keys.Where(name => !there.Contains(name)).ToArray()) _known.TryRemove(gone, out _);
        var later = _known.FirstOrDefault(known => known.Value.Record is null).Key;
        return new RecordSnapshot([.. from known in _known.Values where known.Record is not null select known.Record], later);
    }

    private static ObservationRecord Short(ObservationRecord record) => record with
    {
        History = [.. record.History.Where(step =>
            step.State is RecordState.Changed or RecordState.Retracting or RecordState.Retracted or RecordState.Quarantined).TakeLast(1)],
    };
}
