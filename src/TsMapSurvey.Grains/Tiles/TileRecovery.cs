using TsMapSurvey.Contracts;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>When a damaged or missing manifest may be recovered.</summary>
internal enum RecoveryRule
{
    /// <summary>Report the damage and write nothing.</summary>
    Never,

    /// <summary>Recover only if the records account for as many observations as a readable manifest names.</summary>
    Lossless,

    /// <summary>Recover in any case; an observation without a record is stacked again at the next listing.</summary>
    Always,
}

/// <summary>What an activation may recover, and its callbacks.</summary>
/// <param name="Recovered">Called with a description of the damage and the recovery.</param>
/// <param name="Lost">Called with the entries that left stack and ledger because their observations were deleted from the store.</param>
internal sealed record TileRepair(
    RecoveryRule Rule = RecoveryRule.Lossless, Action<string>? Recovered = null, Action<IReadOnlyList<LedgerEntry>>? Lost = null);

/// <summary>
/// Recovers a tile's manifest from the newest intact checkpoint and ledger and from the observations' records. It reads no arrays: the next
/// load of the stack adds what the checkpoint lacks.
/// </summary>
internal sealed class TileRecovery(SurveySetup setup, TileId tile, TimeProvider time)
{
    /// <summary>
    /// More than the commits between two blobs that are named by their revision: a recovered revision is higher than the lost one.
    /// </summary>
    private const int RevisionGap = 1000;

    private readonly string _tile = tile.ToString();

    /// <summary>Returns the head of a tile that never had a manifest; null if it had one, which is lost.</summary>
    public async Task<TileHead?> FindFirstHeadAsync(CancellationToken cancellationToken)
    {
        var records = await setup.Records.ReadAsync(time.GetUtcNow(), cancellationToken);
        if (records.Records.Any(record => record.State == RecordState.Stacked && RecoveredLedger.IsIn(record, _tile))) return null;
        // A checkpoint alone proves nothing: its writer may have died before the first commit.
        if (await setup.Tiles.FindNewestPublishedAsync(_tile, cancellationToken) > 0) return null;
        return TileHead.Empty with { Fences = RecoveredLedger.FencesOf(records.Records, time.GetUtcNow()) };
    }

    /// <summary>Returns the manifest to commit instead of the lost one, and its ledger.</summary>
    /// <param name="readable">The manifest, if it is intact and only the checkpoint's ledger is damaged.</param>
    /// <param name="damage">What is damaged, for the message.</param>
    /// <exception cref="SurveyServiceException">
    /// StoreRefused: the rule does not allow it, or a later version of this program has written to the store.
    /// </exception>
    public async Task<(TileManifest Manifest, TileLedger Ledger)> RecoverAsync(
        TileManifest? readable, string damage, RecoveryRule rule, CancellationToken cancellationToken)
    {
        var records = await setup.Records.ReadAsync(time.GetUtcNow(), cancellationToken);
        if (records.Later is { } later)
            throw ServiceErrors.Unrecoverable(damage, $"the record of {later} was written by a later version of this program");
        var newest = long.Max(
            await setup.Tiles.FindNewestPublishedAsync(_tile, cancellationToken),
            await setup.Tiles.FindNewestCheckpointAsync(_tile, cancellationToken));
        var (checkpoint, ledger) = await FindCheckpointAsync(cancellationToken);
        var known = ledger.With(readable?.Tail ?? []);
        var (count, fences) = (ledger.Entries.Count, readable?.Fences ?? []);
        var made = RecoveredLedger.Of(_tile, checkpoint, known, count, fences, records.Records, time.GetUtcNow());
        if (readable is not null && rule == RecoveryRule.Lossless && made.Ledger.Entries.Count < readable.Observations)
            throw ServiceErrors.Unrecoverable(
                damage, $"only {made.Ledger.Entries.Count} of its {readable.Observations} observations have records");
        return (ManifestOf(made, long.Max(newest, readable?.Revision ?? 0) + RevisionGap), made.Ledger);
    }

    /// <summary>Returns the manifest that aligns a tile with the records; null if it is aligned.</summary>
    public async Task<(TileManifest Manifest, TileLedger Ledger)?> AlignAsync(TileHead head, CancellationToken cancellationToken)
    {
        if (head.Stored?.Manifest is not { } manifest) return null;
        var records = await setup.Records.ReadAsync(time.GetUtcNow(), cancellationToken);
        if (records.Later is not null) return null;
        var count = head.Ledger.Entries.Count - manifest.Tail.Count;
        var made = RecoveredLedger.Of(
            _tile, manifest.Checkpoint, head.Ledger, count, manifest.Fences, records.Records, time.GetUtcNow());
        return made.Ledger.Entries.SequenceEqual(head.Ledger.Entries) ? null : (ManifestOf(made, manifest.Revision + 1), made.Ledger);
    }

    private TileManifest ManifestOf(RecoveredLedger made, long revision) => new()
    {
        Tile = _tile,
        Revision = revision,
        CommitId = TileStore.NewCommitId(),
        Checkpoint = made.Checkpoint,
        Tail = made.Tail,
        Fences = made.Fences,
        Observations = made.Ledger.Entries.Count,
        CommittedAt = time.GetUtcNow(),
    };

    private async Task<(string? Checkpoint, TileLedger Ledger)> FindCheckpointAsync(CancellationToken cancellationToken)
    {
        foreach (var checkpoint in (await setup.Tiles.ListCheckpointsAsync(_tile, cancellationToken)).Reverse())
        {
            try
            {
                var ledger = await CheckpointLedger.ReadAsync(setup.Blobs, checkpoint, cancellationToken);
                await using var stream = await setup.Blobs.OpenReadAsync(checkpoint, null, cancellationToken);
                if (stream is null) continue;
                var count = await Task.Run(() => DatasetStack.CountIn(stream, checkpoint), cancellationToken);
                if (count == ledger.Entries.Count) return (checkpoint, ledger);
            }
            catch (Exception exception)
                when (exception is FitsException or MapException or SurveyServiceException { Error: ServiceError.StoreRefused })
            {
                // An older checkpoint may be intact.
            }
        }

        return (null, TileLedger.Empty);
    }
}
