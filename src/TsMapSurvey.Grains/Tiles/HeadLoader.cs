using TsMapSurvey.Contracts;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>Loads a tile's committed manifest and ledger, and recovers them if they are damaged or missing.</summary>
internal sealed class HeadLoader(SurveySetup setup, TileId tile, HeldStack held, LedgerDates dates, TileRepair repair, TimeProvider time)
{
    private readonly TileRecovery _recovery = new(setup, tile, time);

    public async Task<TileHead> OpenAsync(CancellationToken cancellationToken) => held.Head ??= await FindAsync(cancellationToken);

    /// <inheritdoc cref="TileStack.ReconcileAsync"/>
    public async Task<TileHead> ReconcileAsync(CancellationToken cancellationToken)
    {
        var found = await setup.Tiles.FindManifestAsync(tile.ToString(), cancellationToken);
        if (found.ETag != held.Head?.Stored?.ETag) held.Forget();
        var head = await OpenAsync(cancellationToken);
        if (await _recovery.AlignAsync(head, cancellationToken) is not { } made) return head;
        var damage = $"tile {tile}: the ledger differed from the observations' records";
        return held.Head = await ReplaceAsync(head.Stored?.ETag, made, damage, cancellationToken);
    }

    private async Task<TileHead> FindAsync(CancellationToken cancellationToken)
    {
        var found = await setup.Tiles.FindManifestAsync(tile.ToString(), cancellationToken);
        if (found is { Damage: null, Manifest: null } && await _recovery.FindFirstHeadAsync(cancellationToken) is { } first) return first;
        string damage;
        try
        {
            if (found.Stored is { } stored) return new TileHead(stored, await LedgerAsync(stored.Manifest, cancellationToken));
            const string Expected = "one, since the tile has maps, checkpoints or stacked observations";
            throw ServiceErrors.Damaged($"tile {tile}", "no manifest", Expected);
        }
        catch (StorageException exception) when (exception.Error == StorageError.Damaged && repair.Rule != RecoveryRule.Never)
        {
            damage = exception.Message;
        }
        catch (SurveyServiceException exception) when (exception.Error == ServiceError.StoreRefused && repair.Rule != RecoveryRule.Never)
        {
            damage = exception.Message;
        }

        var made = await _recovery.RecoverAsync(found.Manifest, damage, repair.Rule, cancellationToken);
        return await ReplaceAsync(found.ETag, made, damage, cancellationToken);
    }

    private async Task<TileLedger> LedgerAsync(TileManifest manifest, CancellationToken cancellationToken)
    {
        var ledger = manifest.Checkpoint is { } checkpoint
            ? await CheckpointLedger.ReadAsync(setup.Blobs, checkpoint, cancellationToken)
            : TileLedger.Empty;
        ledger = ledger.With(manifest.Tail);
        if (ledger.Entries.Count == manifest.Observations) return ledger;
        var found = $"{ledger.Entries.Count} observations in its ledger";
        throw ServiceErrors.Damaged($"tile {tile}, revision {manifest.Revision}", found, $"{manifest.Observations}");
    }

    /// <summary>Commits a recovered manifest, on the condition that the stored one is unchanged.</summary>
    private async Task<TileHead> ReplaceAsync(
        string? eTag, (TileManifest Manifest, TileLedger Ledger) made, string damage, CancellationToken cancellationToken)
    {
        var tail = await dates.DatedAsync(TileLedger.Empty.With(made.Manifest.Tail), cancellationToken);
        var manifest = made.Manifest with { Tail = tail.Entries };
        held.Forget();
        var result = await setup.Tiles.CommitAsync(manifest, eTag, cancellationToken);
        if (result.Outcome != CommitOutcome.Committed)
            throw ServiceErrors.LostRace(tile.ToString(), result.Found?.Manifest.Revision ?? 0);
        var kept = made.Ledger.Entries.Take(made.Ledger.Entries.Count - tail.Entries.Count);
        var revision = $"revision {manifest.Revision} of {manifest.Observations} observations";
        var source = $"{manifest.Checkpoint ?? "no checkpoint"} and the observations' records";
        repair.Recovered?.Invoke($"{damage}; recovered as {revision}, from {source}");
        return new TileHead(result.Found!, TileLedger.Empty.With(kept).With(tail.Entries));
    }
}
