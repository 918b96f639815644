using TsMapSurvey.Contracts;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>A tile's committed manifest and ledger; immutable, so that readers can use it during the next commit.</summary>
/// <param name="Stored">Null before the first commit.</param>
internal sealed record TileHead(StoredManifest? Stored, TileLedger Ledger)
{
    /// <summary>Longer than any message can be delayed.</summary>
    public static readonly TimeSpan FenceLife = TimeSpan.FromHours(1);

    public static TileHead Empty { get; } = new(null, TileLedger.Empty);

    /// <summary>The manifest's fences; before the first commit those from the observations' records.</summary>
    public IReadOnlyList<LedgerFence> Fences { get; init; } = Stored?.Manifest.Fences ?? [];

    public long Revision => Stored?.Manifest.Revision ?? 0;

    public DateTimeOffset? CommittedAt => Stored?.Manifest.CommittedAt;

    public IReadOnlyList<LedgerEntry> Tail => Stored?.Manifest.Tail ?? [];

    /// <summary>Number of observations without a recorded start time.</summary>
    public int Undated => Ledger.Entries.Count(entry => entry is { StartS: null, HasNoTime: false });

    /// <summary>Number of observations whose files have no time; they are in no slice.</summary>
    public int WithoutTime => Ledger.Entries.Count(entry => entry.HasNoTime);

    /// <summary>The newest night in which an observation of the stack began; null if no entry has a start time.</summary>
    public int? NewestNight(NightCalendar nights) =>
        Ledger.Entries.Max(entry => entry.StartS) is { } newest ? nights.NightOf(newest) : null;

    /// <summary>The same of the oldest night.</summary>
    public int? OldestNight(NightCalendar nights) =>
        Ledger.Entries.Min(entry => entry.StartS) is { } oldest ? nights.NightOf(oldest) : null;

    /// <summary>
    /// Decides what a change requires. The highest generation of an observation wins, so changes may be repeated and arrive out of order.
    /// </summary>
    public TileVerdict Judge(TileChange change)
    {
        var (observation, entry) = (change.Observation, Ledger.Find(change.Observation.Name));
        var newest = NewestOf(observation.Name);
        if (change.Generation < newest) return TileVerdict.Superseded;
        if (entry is null && change.Removes) return change.Generation == newest ? TileVerdict.AlreadySo : TileVerdict.Fence;
        if (entry is not null && !change.Removes && IsSame(entry, observation))
            return change.Generation == newest ? TileVerdict.AlreadySo : TileVerdict.Fence;
        if (change.Generation == newest) return TileVerdict.Superseded;
        return entry is null ? TileVerdict.Add : TileVerdict.Rebuild;
    }

    /// <summary>The highest generation that the tile knows of an observation.</summary>
    public long NewestOf(string observation)
    {
        var fence = Fences.FirstOrDefault(fence => fence.Observation == observation);
        return long.Max(Ledger.Find(observation)?.Generation ?? long.MinValue, fence?.Generation ?? long.MinValue);
    }

    /// <summary>
    /// Returns the fences after a commit: those of changes without a ledger entry of their generation, and the earlier ones still needed.
    /// </summary>
    public IReadOnlyList<LedgerFence> FencesAfter(IReadOnlyCollection<TileChange> fencing, TileLedger ledger, DateTimeOffset now)
    {
        var set = fencing.Select(change => new LedgerFence(change.Observation.Name, change.Generation, now)).ToArray();
        var renewed = set.Select(fence => fence.Observation).ToHashSet(StringComparer.Ordinal);
        bool Matters(LedgerFence fence) => fence.At > now - FenceLife && !renewed.Contains(fence.Observation)
            && !(ledger.Find(fence.Observation)?.Generation >= fence.Generation);
        return [.. Fences.Where(Matters), .. set];
    }

    public static bool IsSame(LedgerEntry entry, ObservationRef observation) =>
        entry.ETag == observation.ETag || (entry.Hash is not null && entry.Hash == observation.Hash);
}
