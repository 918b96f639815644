using System.Text.Json;

namespace TsMapSurvey.Storage.Documents;

/// <summary>
/// The durable state of a tile, replaced as a whole by one conditional write: the stack is the checkpoint plus the tail's observations,
/// added in the order of the list.
/// </summary>
public sealed record TileManifest
{
    /// <summary>
    /// The version of this record's form that this code writes; it reads those before it too. 2 has generations, hashes and fences, 3 a
    /// checksum (<see cref="SealedJson"/>).
    /// </summary>
    public const int CurrentSchema = 3;

    private const int FirstSealed = 3;

    public int Schema { get; init; } = CurrentSchema;

    public required string Tile { get; init; }

    /// <summary>
    /// Counts up by one with every commit, from 1; a manifest that was lost and made again is far above the one before it.
    /// </summary>
    public required long Revision { get; init; }

    /// <summary>
    /// Unique to the attempt that wrote this (<see cref="TileStore.NewCommitId"/>): how a writer recognises its own commit.
    /// </summary>
    public required string CommitId { get; init; }

    /// <summary>Full name of the immutable blob with arrays and ledger; null before the first.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>Observations stacked since the checkpoint, in stacking order.</summary>
    public IReadOnlyList<LedgerEntry> Tail { get; init; } = [];

    /// <summary>What must not be done any more by changes that come late.</summary>
    public IReadOnlyList<LedgerFence> Fences { get; init; } = [];

    /// <summary>Size of the whole ledger: the checkpoint's and the tail.</summary>
    public int Observations { get; init; }

    public required DateTimeOffset CommittedAt { get; init; }

    internal byte[] Format() => DocumentJson.Format(this with { Schema = CurrentSchema }, DocumentJson.Indented.TileManifest);

    /// <exception cref="StorageException">Damaged; LaterVersion, which must not be touched.</exception>
    internal static TileManifest Parse(ReadOnlySpan<byte> content, string store, string blob, string tile)
    {
        const string What = "a tile manifest";
        var seal = SealedJson.Check(content);
        if (seal == SealState.Broken) throw StorageErrors.Damaged(store, blob, What, "another checksum than its content has");
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
        if (manifest.Schema >= FirstSealed && seal != SealState.Whole)
            throw StorageErrors.Damaged(store, blob, $"{What} with its checksum", "none");
        if (manifest.Tile != tile) throw StorageErrors.Damaged(store, blob, $"tile {tile}", $"tile {manifest.Tile}");
        // What a form before this one does not have is null here, whatever the property's initializer says.
        return manifest with { Tail = manifest.Tail ?? [], Fences = manifest.Fences ?? [] };
    }
}
