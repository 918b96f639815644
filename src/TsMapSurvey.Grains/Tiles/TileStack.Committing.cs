using TsMapSurvey.Contracts;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Tiles;

internal sealed partial class TileStack
{
    /// <summary>A checkpoint that no manifest names and that is older than this was left by a killed process.</summary>
    private static readonly TimeSpan OrphanAge = TimeSpan.FromDays(1);

    private bool _hasSwept;

    /// <summary>Makes a stack the tile's next revision. Every failure, a lost race too, leaves the outcome to whoever looks next.</summary>
    /// <param name="stack">Null where only fences are set.</param>
    /// <param name="tail">What the stack has beyond the checkpoint; a tail that is too long becomes one.</param>
    /// <param name="fencing">Changes that leave no entry of their generation.</param>
    /// <param name="mustCheckpoint">Whether the stack cannot be made again from what is stored.</param>
    private async Task CommitAsync(
        DatasetStack? stack, TileLedger ledger, LedgerEntry[] tail, string? checkpoint, TileChange[] fencing, CancellationToken cancellationToken, bool mustCheckpoint = false)
    {
        var head = _head!;
        var (name, commitId) = (tile.ToString(), TileStore.NewCommitId());
        var manifest = new TileManifest
        {
            Tile = name,
            Revision = head.Revision + 1,
            CommitId = commitId,
            Checkpoint = checkpoint,
            Tail = tail,
            Fences = head.FencesAfter(fencing, ledger, time.GetUtcNow()),
            Observations = ledger.Entries.Count,
            CommittedAt = time.GetUtcNow(),
        };
        try
        {
            var full = mustCheckpoint || (stack is not null && (tail.Length > options.TailLength || tail.Sum(entry => entry.Bytes) > options.TailBytes));
            if (full) await SaveNightsAsync(ledger, tail, cancellationToken);
            if (full) manifest = manifest with { Checkpoint = await WriteCheckpointAsync(stack!, ledger, manifest, cancellationToken), Tail = [] };
            var result = await setup.Tiles.CommitAsync(manifest, head.Stored?.ETag, cancellationToken);
            if (result.Outcome != CommitOutcome.Committed) throw ServiceErrors.LostRace(name, result.Found?.Manifest.Revision ?? 0);
            _head = new TileHead(result.Found!, ledger);
            if (full) await SweepNightsAsync(ledger, cancellationToken);
            // Whatever a killed process left here, this tile was about to be committed by it: its successor's first commit finds it.
            if (!_hasSwept || manifest.Checkpoint != checkpoint || checkpoint != head.Stored?.Manifest.Checkpoint) await SweepAsync(result.Found!.Manifest, cancellationToken);
        }
        catch (Exception bad)
        {
            // Of no room for a checkpoint: what killed processes left is deleted before somebody tries again.
            if (bad is StorageException { Error: StorageError.Full } && head.Stored is { } stored)
                await SweepAsync(stored.Manifest, cancellationToken);
            Forget();
            throw;
        }
    }

    private async Task<string> WriteCheckpointAsync(DatasetStack stack, TileLedger ledger, TileManifest manifest, CancellationToken cancellationToken)
    {
        var beside = setup.Layout.Tile(manifest.Tile).Ledger(manifest.Revision, manifest.CommitId);
        await CheckpointLedger.WriteAsync(setup.Blobs, beside, ledger, cancellationToken);
        using var content = BorrowedMemory.Open();
        await Task.Run(() => stack.Write(content), cancellationToken);
        content.Position = 0;
        return await setup.Tiles.WriteCheckpointAsync(manifest.Tile, manifest.Revision, manifest.CommitId, content, cancellationToken);
    }

    /// <summary>What is left over costs room and no more: a failure waits for the next sweep.</summary>
    private async Task SweepAsync(TileManifest committed, CancellationToken cancellationToken)
    {
        try
        {
            await setup.Tiles.PruneCheckpointsAsync(committed, time.GetUtcNow() - OrphanAge, cancellationToken);
            _hasSwept = true;
        }
        catch (Exception bad) when (bad is StorageException or OperationCanceledException)
        {
        }
    }
}
