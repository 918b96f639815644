using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains;

/// <summary>What is committed of a tile: one immutable reference that readers take while the next commit is made.</summary>
/// <param name="Stored">Null before the first commit.</param>
internal sealed record TileHead(StoredManifest? Stored, TileLedger Ledger)
{
    public static TileHead Nothing { get; } = new(null, TileLedger.Empty);

    public long Revision => Stored?.Manifest.Revision ?? 0;

    public DateTimeOffset? CommittedAt => Stored?.Manifest.CommittedAt;

    public IReadOnlyList<LedgerEntry> Tail => Stored?.Manifest.Tail ?? [];
}
