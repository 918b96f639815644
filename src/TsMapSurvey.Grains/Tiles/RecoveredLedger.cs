using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>
/// The ledger that a tile must have according to the observations' records. A record is written before its tiles are notified, so that a
/// decision can be applied from the record alone; the change that arrives later is then AlreadySo.
/// </summary>
/// <param name="Checkpoint">The checkpoint to build the stack on; null if it contains an observation that must be removed.</param>
/// <param name="Tail">The entries that are not in the checkpoint.</param>
/// <param name="Fences">Fences of decisions without a ledger entry of their generation, as long as older changes may still arrive.</param>
internal sealed record RecoveredLedger(
    string? Checkpoint, TileLedger Ledger, IReadOnlyList<LedgerEntry> Tail, IReadOnlyList<LedgerFence> Fences)
{
    /// <param name="known">The readable part of the tile's ledger: that of an intact checkpoint, then a tail.</param>
    /// <param name="checkpointed">The number of entries of <paramref name="known"/> that are in the checkpoint.</param>
    /// <param name="fences">The readable fences.</param>
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

    /// <summary>Returns the fences of a tile without a ledger: it may still receive changes from before the recorded decisions.</summary>
    public static IReadOnlyList<LedgerFence> FencesOf(IReadOnlyCollection<ObservationRecord> records, DateTimeOffset now) =>
        FencesOf(TileLedger.Empty, [], records.Where(record => record.Damage is null), now);

    /// <summary>Whether the tile holds the observation, or must hold it, according to the record.</summary>
    public static bool IsIn(ObservationRecord record, string tile) =>
        record.State is RecordState.Stacked or RecordState.Planned or RecordState.Stacking && record.Tiles.Contains(tile);

    /// <summary>Whether the observation's tiles are known. Before that, tiles keep an earlier version.</summary>
    private static bool IsDecided(ObservationRecord record) => record.State is not (RecordState.Received or RecordState.Changed);

    private static LedgerFence[] FencesOf(
        TileLedger ledger, IReadOnlyList<LedgerFence> known, IEnumerable<ObservationRecord> records, DateTimeOffset now)
    {
        var made = from record in records
                   where record.ChangedAt > now - TileHead.FenceLife && record.History.Count > 0
                   // The change of this generation may still arrive if it is undecided or if the tile must still add it.
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
