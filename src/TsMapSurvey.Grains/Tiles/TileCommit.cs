using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Slices;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>What a tile is to hold at its next revision.</summary>
/// <param name="Stack">Null where only fences are set.</param>
/// <param name="Tail">What the stack has beyond the checkpoint; a tail that is too long becomes one.</param>
/// <param name="Fencing">Changes that leave no entry of their generation.</param>
internal sealed record NextRevision(DatasetStack? Stack, TileLedger Ledger, LedgerEntry[] Tail, string? Checkpoint, TileChange[] Fencing)
{
    /// <summary>Whether the stack cannot be made again from what is stored.</summary>
    public bool MustCheckpoint { get; init; }
}

/// <summary>Writes a tile's next revision: nights and checkpoint where the tail is too long, then the manifest that names them.</summary>
internal sealed class TileCommit(SurveySetup setup, TileId tile, NightStacks nights, GrainOptions options, TimeProvider time)
{
    /// <summary>A checkpoint that no manifest names and that is older than this was left by a killed process.</summary>
    private static readonly TimeSpan OrphanAge = TimeSpan.FromDays(1);

    private bool _hasSwept;

    /// <summary>The head after the commit. After a failure nobody knows whether it was made.</summary>
    /// <exception cref="SurveyServiceException">LostRace: somebody else has committed meanwhile.</exception>
    public async Task<TileHead> MakeAsync(TileHead head, NextRevision next, CancellationToken cancellationToken)
    {
        var (stack, ledger, tail, checkpoint, fencing) = next;
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
            var isLong = tail.Length > options.TailLength || tail.Sum(entry => entry.Bytes) > options.TailBytes;
            var full = next.MustCheckpoint || (stack is not null && isLong);
            if (full)
            {
                await nights.SaveAsync(ledger, tail, cancellationToken);
                var written = await WriteCheckpointAsync(stack!, ledger, manifest, cancellationToken);
                manifest = manifest with { Checkpoint = written, Tail = [] };
            }

            var result = await setup.Tiles.CommitAsync(manifest, head.Stored?.ETag, cancellationToken);
            if (result.Outcome != CommitOutcome.Committed) throw ServiceErrors.LostRace(name, result.Found?.Manifest.Revision ?? 0);
            return new TileHead(result.Found!, ledger);
        }
        catch (StorageException exception) when (exception.Error == StorageError.Full && head.Stored is not null)
        {
            // Of no room for a checkpoint: what killed processes left is deleted before somebody tries again.
            await SweepAsync(head.Stored.Manifest, cancellationToken);
            throw;
        }
    }

    /// <summary>Deletes what the commit after a head has left behind, and at the first commit what a killed process left.</summary>
    public async Task SweepAsync(TileHead before, NextRevision next, TileHead after, CancellationToken cancellationToken)
    {
        var committed = after.Stored!.Manifest;
        if (committed.Checkpoint != next.Checkpoint) await nights.SweepAsync(after.Ledger, cancellationToken);
        // Whatever a killed process left here, this tile was about to be committed by it: its successor's first commit finds it.
        if (!_hasSwept || committed.Checkpoint != before.Stored?.Manifest.Checkpoint) await SweepAsync(committed, cancellationToken);
    }

    private async Task<string> WriteCheckpointAsync(
        DatasetStack stack, TileLedger ledger, TileManifest manifest, CancellationToken cancellationToken)
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
        catch (Exception exception) when (exception is StorageException or OperationCanceledException)
        {
        }
    }
}
