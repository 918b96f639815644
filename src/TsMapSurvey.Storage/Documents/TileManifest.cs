using System.Text.Json;

namespace TsMapSurvey.Storage.Documents;

/// <summary>
/// The durable state of a tile, replaced by one conditional write. The stack is the checkpoint plus the tail's observations, added in list
/// order.
/// </summary>
public sealed record TileManifest
{
    /// <summary>
    /// The schema that this version writes; it also reads the older ones. Schema 2 added generations, hashes and fences, schema 3 the
    /// checksum (<see cref="SealedJson"/>).
    /// </summary>
    public const int CurrentSchema = 3;

    private const int FirstSealed = 3;

    public int Schema { get; init; } = CurrentSchema;

    public required string Tile { get; init; }

    /// <summary>Starts at 1 and counts up by one with every commit. A manifest that was lost and recovered skips far ahead.</summary>
    public required long Revision { get; init; }

    /// <summary>Unique to one commit attempt (<see cref="TileStore.NewCommitId"/>), so that a writer recognises its own commit.</summary>
    public required string CommitId { get; init; }

    /// <summary>Full name of the immutable blob with the arrays; null before the first checkpoint.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>Observations added since the checkpoint, in stacking order.</summary>
    public IReadOnlyList<LedgerEntry> Tail { get; init; } = [];

    /// <summary>Generations whose late changes must be ignored.</summary>
    public IReadOnlyList<LedgerFence> Fences { get; init; } = [];

    /// <summary>Size of the complete ledger: the checkpoint's entries and the tail.</summary>
    public int Observations { get; init; }

    public required DateTimeOffset CommittedAt { get; init; }

    internal byte[] Format() => DocumentJson.Format(this with { Schema = CurrentSchema }, DocumentJson.Indented.TileManifest);

    /// <exception cref="StorageException">Damaged; or LaterVersion, then the manifest must not be modified.</exception>
    internal static TileManifest Parse(ReadOnlySpan<byte> content, string store, string blob, string tile)
    {
        const string What = "a tile manifest";
        var seal = SealedJson.Check(content);
        if (seal == SealState.Broken) throw StorageErrors.Damaged(store, blob, What, "a checksum that does not match its content");
        TileManifest? manifest;
        try
        {
            manifest = JsonSerializer.Deserialize(content, DocumentJson.Default.TileManifest);
        }
        catch (JsonException e)
        {
            throw StorageErrors.Damaged(store, blob, What, e.Message, e);
        }

        if (manifest is null) throw StorageErrors.Damaged(store, blob, What, "null");
        var (expected, found) = ($"schema 1 to {CurrentSchema}", $"schema {manifest.Schema}");
        if (manifest.Schema > CurrentSchema) throw StorageErrors.LaterVersion(store, blob, expected, found);
        if (manifest.Schema < 1) throw StorageErrors.Damaged(store, blob, expected, found);
        if (manifest.Schema >= FirstSealed && seal != SealState.Valid)
            throw StorageErrors.Damaged(store, blob, $"{What} with its checksum", "none");
        if (manifest.Tile != tile) throw StorageErrors.Damaged(store, blob, $"tile {tile}", $"tile {manifest.Tile}");
        // A property that an older schema lacks is null here despite its initializer.
        return manifest with { Tail = manifest.Tail ?? [], Fences = manifest.Fences ?? [] };
    }
}
