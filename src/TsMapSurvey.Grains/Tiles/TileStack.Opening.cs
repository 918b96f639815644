using TsMapSurvey.Contracts;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Tiles;

// What is committed, as the store has it; and made again where the store has lost it.
internal sealed partial class TileStack
{
    /// <summary>Whether this activation may make a manifest again.</summary>
    public RecoveryRule Recovery { get; init; } = RecoveryRule.Lossless;

    /// <summary>Told what was damaged and what was made of it.</summary>
    public Action<string>? Recovered { get; init; }

    /// <summary>
    /// Looks at the store again, whatever is in memory, and brings the ledger in line with the observations' records: what they say is durable, and a tile that
    /// does not hold it has lost it.
    /// </summary>
    public Task<TileHead> ReconcileAsync(CancellationToken cancellationToken) => InTurnAsync(
        async () =>
        {
            var found = await setup.Tiles.FindManifestAsync(tile.ToString(), cancellationToken);
            if (found.ETag != _head?.Stored?.ETag) Forget();
            var head = await OpenAsync(cancellationToken);
            if (await _recovery.AlignAsync(head, cancellationToken) is not { } made) return head;
            return await ReplaceAsync(head.Stored?.ETag, made, $"tile {tile}: its ledger and the observations' records said different things", cancellationToken);
        },
        cancellationToken);

    private async Task<TileHead> OpenAsync(CancellationToken cancellationToken)
    {
        if (_head is not null) return _head;
        var found = await setup.Tiles.FindManifestAsync(tile.ToString(), cancellationToken);
        if (found is { Damage: null, Manifest: null } && await _recovery.FirstHeadAsync(cancellationToken) is { } first) return _head = first;
        string damage;
        try
        {
            if (found.Stored is not { } stored) throw ServiceErrors.Damaged($"tile {tile}", "no manifest", "the one that its maps, checkpoints and observations' records are of");
            return _head = new TileHead(stored, await LedgerAsync(stored.Manifest, cancellationToken));
        }
        catch (StorageException bad) when (bad.Error == StorageError.Damaged && Recovery != RecoveryRule.Never)
        {
            damage = bad.Message;
        }
        catch (SurveyServiceException bad) when (bad.Error == ServiceError.StoreRefused && Recovery != RecoveryRule.Never)
        {
            damage = bad.Message;
        }

        return await ReplaceAsync(found.ETag, await _recovery.MakeAsync(found.Manifest, damage, Recovery, cancellationToken), damage, cancellationToken);
    }

    private async Task<TileLedger> LedgerAsync(TileManifest manifest, CancellationToken cancellationToken)
    {
        var ledger = manifest.Checkpoint is { } checkpoint ? await CheckpointLedger.ReadAsync(setup.Blobs, checkpoint, cancellationToken) : TileLedger.Empty;
        ledger = ledger.With(manifest.Tail);
        if (ledger.Entries.Count != manifest.Observations)
            throw ServiceErrors.Damaged($"tile {tile}, revision {manifest.Revision}", $"{ledger.Entries.Count} observations in its ledger", $"{manifest.Observations}");
        return ledger;
    }

    /// <summary>Commits a manifest that was made again, over the very version that was found.</summary>
    private async Task<TileHead> ReplaceAsync(string? eTag, (TileManifest Manifest, TileLedger Ledger) made, string damage, CancellationToken cancellationToken)
    {
        var tail = await DatedAsync(TileLedger.Empty.With(made.Manifest.Tail), cancellationToken);
        var manifest = made.Manifest with { Tail = tail.Entries };
        Forget();
        var result = await setup.Tiles.CommitAsync(manifest, eTag, cancellationToken);
        if (result.Outcome != CommitOutcome.Committed) throw ServiceErrors.LostRace(tile.ToString(), result.Found?.Manifest.Revision ?? 0);
        var kept = made.Ledger.Entries.Take(made.Ledger.Entries.Count - tail.Entries.Count);
        _head = new TileHead(result.Found!, TileLedger.Empty.With(kept).With(tail.Entries));
        Recovered?.Invoke($"{damage}; made again as revision {manifest.Revision} of {manifest.Observations} observations, from {manifest.Checkpoint ?? "no checkpoint"} and the observations' records");
        return _head;
    }
}
