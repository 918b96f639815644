using TsMapSurvey.Contracts;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>What is committed of a tile: one immutable reference that readers take while the next commit is made.</summary>
/// <param name="Stored">Null before the first commit.</param>
internal sealed record TileHead(StoredManifest? Stored, TileLedger Ledger)
{
    /// <summary>Fences are kept longer than any message lives.</summary>
    public static readonly TimeSpan FenceLife = TimeSpan.FromHours(1);

    public static TileHead Nothing { get; } = new(null, TileLedger.Empty);

    /// <summary>Those of the manifest; before the first commit what the observations' records say.</summary>
    public IReadOnlyList<LedgerFence> Fences { get; init; } = Stored?.Manifest.Fences ?? [];

    public long Revision => Stored?.Manifest.Revision ?? 0;

    public DateTimeOffset? CommittedAt => Stored?.Manifest.CommittedAt;

    public IReadOnlyList<LedgerEntry> Tail => Stored?.Manifest.Tail ?? [];

    /// <summary>Observations in the stack of which nobody noted when they were made.</summary>
    public int Undated => Ledger.Entries.Count(entry => entry is { StartS: null, HasNoTime: false });

    /// <summary>Observations in the stack whose files do not say when they were made: they are in no slice.</summary>
    public int WithoutTime => Ledger.Entries.Count(entry => entry.HasNoTime);

    /// <summary>The newest night that an observation of the stack began in; null where none is dated.</summary>
    public int? NewestNight(NightCalendar nights) =>
        Ledger.Entries.Max(entry => entry.StartS) is { } newest ? nights.NightOf(newest) : null;

    /// <summary>
    /// Each observation is a register that the highest generation writes last: changes may be repeated and may overtake each other.
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
        return entry is null ? TileVerdict.Add : TileVerdict.TakeOut;
    }

    /// <summary>The highest generation that the tile knows of an observation.</summary>
    public long NewestOf(string observation)
    {
        var fence = Fences.FirstOrDefault(fence => fence.Observation == observation);
        return long.Max(Ledger.Find(observation)?.Generation ?? long.MinValue, fence?.Generation ?? long.MinValue);
    }

    /// <summary>
    /// The fences after some changes: of those that left no entry of their generation in the ledger, and the earlier ones that still
    /// matter.
    /// </summary>
    public IReadOnlyList<LedgerFence> FencesAfter(IReadOnlyCollection<TileChange> fencing, TileLedger ledger, DateTimeOffset now)
    {
        var set = fencing.Select(change => new LedgerFence(change.Observation.Name, change.Generation, now)).ToArray();
        var again = set.Select(fence => fence.Observation).ToHashSet(StringComparer.Ordinal);
        bool Matters(LedgerFence fence) => fence.At > now - FenceLife && !again.Contains(fence.Observation)
            && !(ledger.Find(fence.Observation)?.Generation >= fence.Generation);
        return [.. Fences.Where(Matters), .. set];
    }

    /// <summary>Whether a ledger's entry is this version.</summary>
    public static bool IsSame(LedgerEntry entry, ObservationRef observation) =>
        entry.ETag == observation.ETag || (entry.Hash is not null && entry.Hash == observation.Hash);
}
