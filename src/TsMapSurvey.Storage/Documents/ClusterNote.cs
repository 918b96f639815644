using System.Text.Json;
using System.Text.Json.Serialization;

namespace TsMapSurvey.Storage.Documents;

/// <summary>
/// That a cluster works on the store, as of the time at which the blob was written; without a checksum, since another one comes in a
/// minute.
/// </summary>
/// <param name="Cluster">Its name.</param>
/// <param name="Clustering">How and where its silos find each other, without secrets.</param>
public sealed record ClusterNote(
    [property: JsonPropertyName("Cluster")] string Cluster,
    [property: JsonPropertyName("Clustering")] string Clustering)
{
    public byte[] Format() => JsonSerializer.SerializeToUtf8Bytes(this, DocumentJson.Default.ClusterNote);

    /// <summary>Null for what is none.</summary>
    public static ClusterNote? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, DocumentJson.Default.ClusterNote);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
