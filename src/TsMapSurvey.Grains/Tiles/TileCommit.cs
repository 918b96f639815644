using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Slices;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>The content of a tile's next revision.</summary>
/// <param name="Stack">Null if only fences change.</param>
/// <param name="Tail">The entries that are not in the checkpoint; a tail that is too long causes a new checkpoint.</param>
/// <param name="Fencing">Changes without a ledger entry of their generation.</param>
internal sealed record NextRevision(DatasetStack? Stack, TileLedger Ledger, LedgerEntry[] Tail, string? Checkpoint, TileChange[] Fencing)
{
    /// <summary>Whether the stack cannot be rebuilt from what is stored.</summary>
    public bool MustCheckpoint { get; init; }
}

/// <summary>Commits a tile's next revision: writes nights and a checkpoint if the tail is too long, then the manifest.</summary>
internal sealed class TileCommit(SurveySetup setup, TileId tile, NightStacks nights, GrainOptions options, TimeProvider time)
{
    /// <summary>A checkpoint older than this that no manifest names was left by a killed process.</summary>
    private static readonly TimeSpan OrphanAge = TimeSpan.FromDays(1);

    private bool _hasSwept;

    /// <summary>Commits, and returns the new head. After an exception the outcome is unknown.</summary>
    /// <exception cref="SurveyServiceException">LostRace: another activation has committed since.</exception>
    public async Task<TileHead> CommitAsync(TileHead head, NextRevision next, CancellationToken cancellationToken)
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
            if (next.MustCheckpoint || (stack is not null && isLong))
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
            // Deleting the checkpoints that killed processes left may make room for the retry.
            await SweepAsync(head.Stored.Manifest, cancellationToken);
            throw;
        }
    }

    /// <summary>Deletes the blobs that a commit made obsolete and, at the first commit, those that a killed process left.</summary>
    public async Task SweepAsync(TileHead before, NextRevision next, TileHead after, CancellationToken cancellationToken)
    {
        var committed = after.Stored!.Manifest;
        if (committed.Checkpoint != next.Checkpoint) await nights.SweepAsync(after.Ledger, cancellationToken);
        // A killed process leaves blobs only of a tile it was committing, so the next activation's first commit finds them.
        if (!_hasSwept || committed.Checkpoint != before.Stored?.Manifest.Checkpoint) await SweepAsync(committed, cancellationToken);
    }

    private async Task<string> WriteCheckpointAsync(
        DatasetStack stack, TileLedger ledger, TileManifest manifest, CancellationToken cancellationToken)
    {
        var ledgerBlob = setup.Layout.Tile(manifest.Tile).Ledger(manifest.Revision, manifest.CommitId);
        await CheckpointLedger.WriteAsync(setup.Blobs, ledgerBlob, ledger, cancellationToken);
        using var content = BorrowedMemory.Open();
        await Task.Run(() => stack.Write(content), cancellationToken);
        content.Position = 0;
        return await setup.Tiles.WriteCheckpointAsync(manifest.Tile, manifest.Revision, manifest.CommitId, content, cancellationToken);
    }

    /// <summary>Leftovers only cost space: after a failure the next sweep deletes them.</summary>
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
