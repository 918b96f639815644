using TsMapSurvey.Contracts;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>When a manifest that is damaged or missing may be made again.</summary>
internal enum RecoveryRule
{
    /// <summary>It is reported, and nothing is written.</summary>
    Never,

    /// <summary>Where the records account for as many observations as a manifest that is still readable names.</summary>
    Lossless,

    /// <summary>Always: whatever no record accounts for is stacked again when its observation is looked at.</summary>
    Always,
}

/// <summary>What an activation may make again of its tile, and who is told.</summary>
/// <param name="Recovered">Told what was damaged and what was made of it.</param>
/// <param name="Lost">Told which entries left stack and ledger because their observations were deleted from the store.</param>
internal sealed record TileRepair(
    RecoveryRule Rule = RecoveryRule.Lossless, Action<string>? Recovered = null, Action<IReadOnlyList<LedgerEntry>>? Lost = null);

/// <summary>
/// Makes a tile's manifest again from what else is stored: the newest checkpoint whose ledger is whole, and the observations' records. No
/// arrays are read: whoever loads the stack next adds what the checkpoint lacks.
/// </summary>
internal sealed class TileRecovery(SurveySetup setup, TileId tile, TimeProvider time)
{
    /// <summary>More than a tile commits without a checkpoint or a map that tells its revision.</summary>
    private const int Leap = 1000;

    private readonly string _tile = tile.ToString();

    /// <summary>The head of a tile without a manifest: null where there was one and it is lost.</summary>
    public async Task<TileHead?> FirstHeadAsync(CancellationToken cancellationToken)
    {
        var records = await setup.Records.ReadAsync(time.GetUtcNow(), cancellationToken);
        if (records.Records.Any(record => record.State == RecordState.Stacked && RecoveredLedger.IsIn(record, _tile))) return null;
        // A checkpoint alone says nothing: its writer may have been killed before the first commit.
        if (await setup.Tiles.FindNewestPublishedAsync(_tile, cancellationToken) > 0) return null;
        return TileHead.Nothing with { Fences = RecoveredLedger.FencesOf(records.Records, time.GetUtcNow()) };
    }

    /// <summary>The manifest to be committed in the place of the one that is lost, and its ledger.</summary>
    /// <param name="there">The manifest where it is whole and the ledger beside its checkpoint is not.</param>
    /// <param name="damage">What is wrong.</param>
    /// <exception cref="SurveyServiceException">
    /// StoreRefused: the rule does not allow it, or a later version of this program has written to the store.
    /// </exception>
    public async Task<(TileManifest Manifest, TileLedger Ledger)> MakeAsync(
        TileManifest? there, string damage, RecoveryRule rule, CancellationToken cancellationToken)
    {
        var records = await setup.Records.ReadAsync(time.GetUtcNow(), cancellationToken);
        if (records.Later is { } later) throw ServiceErrors.Unrecoverable(damage, $"the record of {later} is a later version's");
        var newest = long.Max(
            await setup.Tiles.FindNewestPublishedAsync(_tile, cancellationToken),
            await setup.Tiles.FindNewestCheckpointAsync(_tile, cancellationToken));
        var (checkpoint, ledger) = await FindCheckpointAsync(cancellationToken);
        var known = ledger.With(there?.Tail ?? []);
        var (count, fences) = (ledger.Entries.Count, there?.Fences ?? []);
        var made = RecoveredLedger.Of(_tile, checkpoint, known, count, fences, records.Records, time.GetUtcNow());
        if (there is not null && rule == RecoveryRule.Lossless && made.Ledger.Entries.Count < there.Observations)
            throw ServiceErrors.Unrecoverable(damage, $"{made.Ledger.Entries.Count} of its {there.Observations} observations have records");
        return (ManifestOf(made, long.Max(newest, there?.Revision ?? 0) + Leap), made.Ledger);
    }

    /// <summary>The manifest that brings a tile in line with the records; null where it is so.</summary>
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
                // The one before it may be whole.
            }
        }

        return (null, TileLedger.Empty);
    }
}
