using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Storage;

/// <summary>What was found in a manifest's place.</summary>
/// <param name="ETag">What a write that replaces it has to match; null where there is nothing.</param>
/// <param name="Manifest">Null where there is nothing, or nothing whole.</param>
/// <param name="Damage">Why what is there is no manifest; null where it is one, or where there is nothing.</param>
public sealed record FoundManifest(string? ETag, TileManifest? Manifest, StorageException? Damage)
{
    /// <summary>Null where there is nothing.</summary>
    /// <exception cref="StorageException">Damaged.</exception>
    public StoredManifest? Stored => Damage is null ? Manifest is null ? null : new StoredManifest(Manifest, ETag!) : throw Damage;
}
