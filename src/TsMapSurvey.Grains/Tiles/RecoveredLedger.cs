using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>
/// What a tile has to hold by the observations' records. A record is written before a tile hears of what it says, so that a decision may
/// be carried out from the record alone; the change that comes later finds it done.
/// </summary>
/// <param name="Checkpoint">The one that the stack can stand on; null where it would have something that has to go.</param>
/// <param name="Tail">What the stack has beyond the checkpoint.</param>
/// <param name="Fences">Of decisions that leave no entry of their generation, as far as a change before them may still come.</param>
internal sealed record RecoveredLedger(
    string? Checkpoint, TileLedger Ledger, IReadOnlyList<LedgerEntry> Tail, IReadOnlyList<LedgerFence> Fences)
{
    /// <param name="known">What is still known of the tile: the ledger of a whole checkpoint, then a tail.</param>
    /// <param name="checkpointed">How many entries of <paramref name="known"/> are in the checkpoint.</param>
    /// <param name="fences">Those that are still known.</param>
    public static RecoveredLedger Of(
        string tile, string? checkpoint, TileLedger known, int checkpointed, IReadOnlyList<LedgerFence> fences,
        IReadOnlyCollection<ObservationRecord> records, DateTimeOffset now)
    {
        var decided = records.Where(record => record.Damage is null).ToDictionary(record => record.Name, StringComparer.Ordinal);
        bool Stays(LedgerEntry entry) =>
            !decided.TryGetValue(entry.Observation, out var record) || !IsDecided(record)
            || (IsIn(record, tile) && TileHead.IsSame(entry, record.Version));
        var kept = known.Entries.Where(Stays).ToArray();
        var names = kept.Select(entry => entry.Observation).ToHashSet(StringComparer.Ordinal);
        var added = from record in decided.Values
                    where IsDecided(record) && IsIn(record, tile) && !names.Contains(record.Name)
                    orderby record.StackedAt ?? DateTimeOffset.MaxValue, record.Name
                    select new LedgerEntry(record.Name, record.ETag, record.Hash, record.Generation);
        var usable = checkpoint is not null && known.Entries.Take(checkpointed).All(Stays);
        var ledger = TileLedger.Empty.With(kept).With(added);
        LedgerEntry[] tail = [.. ledger.Entries.Skip(usable ? checkpointed : 0)];
        return new RecoveredLedger(usable ? checkpoint : null, ledger, tail, FencesOf(ledger, fences, decided.Values, now));
    }

    /// <summary>Where nothing is known of a tile: of decisions about observations that it may have been told to take before.</summary>
    public static IReadOnlyList<LedgerFence> FencesOf(IReadOnlyCollection<ObservationRecord> records, DateTimeOffset now) =>
        FencesOf(TileLedger.Empty, [], records.Where(record => record.Damage is null), now);

    /// <summary>Whether the record says that the tile holds the observation, or is to hold it.</summary>
    public static bool IsIn(ObservationRecord record, string tile) =>
        record.State is RecordState.Stacked or RecordState.Planned or RecordState.Stacking && record.Tiles.Contains(tile);

    /// <summary>Not before its tiles are known: until then those that hold an earlier version keep it.</summary>
    private static bool IsDecided(ObservationRecord record) => record.State is not (RecordState.Received or RecordState.Changed);

    private static LedgerFence[] FencesOf(
        TileLedger ledger, IReadOnlyList<LedgerFence> known, IEnumerable<ObservationRecord> records, DateTimeOffset now)
    {
        var made = from record in records
                   where record.ChangedAt > now - TileHead.FenceLife && record.History.Count > 0
                   // The change of this very generation is still to come where it is not decided, or where the tile is to put it in.
                   let generation = IsDecided(record) && (ledger.Find(record.Name) is not null
                       || record.State is not (RecordState.Planned or RecordState.Stacking)) ? record.Generation : record.Generation - 1
                   select new LedgerFence(record.Name, generation, record.ChangedAt);
        return
        [
            .. from fence in known.Concat(made)
               group fence by fence.Observation into of
               select of.MaxBy(fence => fence.Generation) into newest
               where !(ledger.Find(newest.Observation)?.Generation >= newest.Generation)
               select newest,
        ];
    }
}
