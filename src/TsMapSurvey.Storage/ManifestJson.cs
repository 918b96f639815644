using System.Text.Json;
using System.Text.Json.Serialization;

namespace TsMapSurvey.Storage;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(TileManifest))]
internal sealed partial class ManifestJson : JsonSerializerContext
{
    private const int FirstSealed = 3;

    public static byte[] Format(TileManifest manifest) => SealedJson.Seal(JsonSerializer.SerializeToUtf8Bytes(manifest with { Schema = Storage.TileManifest.CurrentSchema }, Default.TileManifest));

    /// <exception cref="StorageException">Damaged; LaterVersion, which must not be touched.</exception>
    public static TileManifest Parse(ReadOnlySpan<byte> content, string store, string blob, string tile)
    {
        const int Current = Storage.TileManifest.CurrentSchema;
        var seal = SealedJson.Check(content);
        if (seal == SealState.Broken) throw StorageErrors.Damaged(store, blob, "a tile manifest", "another checksum than its content has");
        TileManifest? manifest;
        try
        {
            manifest = JsonSerializer.Deserialize(content, Default.TileManifest);
        }
        catch (JsonException e)
        {
            throw StorageErrors.Damaged(store, blob, "a tile manifest", e.Message, e);
        }

        if (manifest is null) throw StorageErrors.Damaged(store, blob, "a tile manifest", "null");
        if (manifest.Schema > Current) throw StorageErrors.LaterVersion(store, blob, $"schema 1 to {Current}", $"schema {manifest.Schema}");
        if (manifest.Schema < 1) throw StorageErrors.Damaged(store, blob, $"schema 1 to {Current}", $"schema {manifest.Schema}");
        if (manifest.Schema >= FirstSealed && seal != SealState.Whole) throw StorageErrors.Damaged(store, blob, "a tile manifest with its checksum", "none");
        if (manifest.Tile != tile) throw StorageErrors.Damaged(store, blob, $"tile {tile}", $"tile {manifest.Tile}");
        // What a form before this one does not have is null here, whatever the property's initializer says.
        return manifest with { Tail = manifest.Tail ?? [], Fences = manifest.Fences ?? [] };
    }
}
