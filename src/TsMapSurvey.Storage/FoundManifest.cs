using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Storage;

/// <summary>What a read of a manifest found.</summary>
/// <param name="ETag">The ETag that a replacing write must match; null if there is no blob.</param>
/// <param name="Manifest">Null if there is no blob, or if it is damaged.</param>
/// <param name="Damage">Why the blob is not a valid manifest; null if it is valid or there is none.</param>
public sealed record FoundManifest(string? ETag, TileManifest? Manifest, StorageException? Damage)
{
    /// <summary>Null if there is no blob.</summary>
    /// <exception cref="StorageException">Damaged.</exception>
    public StoredManifest? Stored => Damage is null ? Manifest is null ? null : new StoredManifest(Manifest, ETag!) : throw Damage;
}
