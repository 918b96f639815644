using System.Text.Json;
using System.Text.Json.Serialization;

namespace TsMapSurvey.Storage;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(TileManifest))]
internal sealed partial class ManifestJson : JsonSerializerContext
{
    public static byte[] Format(TileManifest manifest) => JsonSerializer.SerializeToUtf8Bytes(manifest, Default.TileManifest);

    public static TileManifest Parse(ReadOnlySpan<byte> content, string store, string blob, string tile)
    {
        TileManifest? manifest;
        try
        {
            manifest = JsonSerializer.Deserialize(content, Default.TileManifest);
        }
        catch (JsonException e)
        {
            throw StorageException.Damaged(store, blob, "a tile manifest", e.Message, e);
        }

        if (manifest is null) throw StorageException.Damaged(store, blob, "a tile manifest", "null");
        if (manifest.Schema is < 1 or > Storage.TileManifest.CurrentSchema)
            throw StorageException.Damaged(store, blob, $"schema 1 to {Storage.TileManifest.CurrentSchema}", $"schema {manifest.Schema}");
        if (manifest.Tile != tile) throw StorageException.Damaged(store, blob, $"tile {tile}", $"tile {manifest.Tile}");
        // What a form before this one does not have is null here, whatever the property's initializer says.
        return manifest with { Tail = manifest.Tail ?? [], Fences = manifest.Fences ?? [] };
    }
}
