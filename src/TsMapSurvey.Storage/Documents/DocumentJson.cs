using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace TsMapSurvey.Storage.Documents;

/// <summary>JSON serialization of the stored documents. Each has a golden file that tests read and write byte for byte.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(BlockFacts))]
[JsonSerializable(typeof(ClusterNote))]
[JsonSerializable(typeof(ComputeRecord))]
[JsonSerializable(typeof(DeletionMark))]
[JsonSerializable(typeof(HipsIndex))]
[JsonSerializable(typeof(IReadOnlyList<LedgerEntry>))]
[JsonSerializable(typeof(MapFacts))]
[JsonSerializable(typeof(ObservationRecord))]
[JsonSerializable(typeof(StoredLedger))]
[JsonSerializable(typeof(TileManifest))]
internal sealed partial class DocumentJson : JsonSerializerContext
{
    /// <summary>For documents that people may read.</summary>
    public static DocumentJson Indented => field ??= new DocumentJson(new JsonSerializerOptions(Default.Options) { WriteIndented = true });

    /// <summary>Serializes the document and appends its checksum.</summary>
    public static byte[] Format<T>(T document, JsonTypeInfo<T> type) =>
        SealedJson.Seal(JsonSerializer.SerializeToUtf8Bytes(document, type));

    /// <summary>
    /// For documents that can be computed again: null if one is damaged, has no checksum (as in older versions) or is of an unknown form.
    /// </summary>
    public static T? ParseOrNull<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type)
        where T : class
    {
        if (SealedJson.Check(json) != SealState.Valid) return null;
        try
        {
            return JsonSerializer.Deserialize(json, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
