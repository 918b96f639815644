using TsMapSurvey.Contracts;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains;

/// <summary>
/// Makes a tile's stack again from what is committed: checkpoint, then the tail's observations in their order, which gives the very bits
/// that were there. A checkpoint that cannot be read is replaced by adding the whole ledger again in its order.
/// </summary>
internal sealed class StackLoader(SurveySetup setup, TileId tile, ObservationReader reader)
{
    /// <returns>The stack, and the entries whose observations no longer can be read: they are not in it.</returns>
    public async Task<(DatasetStack Stack, IReadOnlyList<LedgerEntry> Lost, bool CheckpointFailed)> LoadAsync(TileHead head, MapDataset template, CancellationToken cancellationToken)
    {
        var image = setup.Survey.GridWithHalo(tile);
        var checkpoint = head.Stored is { } stored ? await ReadCheckpointAsync(stored.Manifest, image, template, cancellationToken) : null;
        var failed = checkpoint is null && head.Stored?.Manifest.Checkpoint is not null;
        var stack = checkpoint ?? new DatasetStack(image, template);
        var missing = failed ? head.Ledger.Entries : head.Tail;
        var lost = new List<LedgerEntry>();
        foreach (var entry in missing)
            if (!await TryAddAsync(stack, entry, cancellationToken)) lost.Add(entry);
        return (stack, lost, failed);
    }

    private async Task<DatasetStack?> ReadCheckpointAsync(TileManifest manifest, SkyGrid image, MapDataset template, CancellationToken cancellationToken)
    {
        try
        {
            var stream = await setup.Tiles.OpenCheckpointAsync(manifest, cancellationToken);
            if (stream is null) return null;
            await using (stream)
            {
                var stack = await Task.Run(() => DatasetStack.Read(stream, manifest.Checkpoint!, image, template), cancellationToken);
                return stack.ObservationCount == manifest.Observations - manifest.Tail.Count ? stack : null;
            }
        }
        catch (Exception bad) when (bad is FitsException or MapException or StorageException { Error: StorageError.NotFound })
        {
            return null;
        }
    }

    private async Task<bool> TryAddAsync(DatasetStack stack, LedgerEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            var dataset = await reader.ReadAsync(setup, new ObservationRef(entry.Observation, entry.ETag), cancellationToken);
            await Task.Run(() => stack.Add(dataset), cancellationToken);
            return true;
        }
        catch (UnusableObservationException bad) when (bad.IsInternal)
        {
            // A defect of ours must not make a tile forget what it has.
            throw ServiceFaults.Internal($"tile {tile}, {entry.Observation}", bad.InnerException!);
        }
        catch (Exception bad) when (bad is UnusableObservationException or MapException)
        {
            return false;
        }
    }
}
