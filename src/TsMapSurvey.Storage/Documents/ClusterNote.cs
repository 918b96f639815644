using System.Text.Json;
using System.Text.Json.Serialization;

namespace TsMapSurvey.Storage.Documents;

/// <summary>
/// Says that a cluster used the store at the time the blob was written. It has no checksum, since it is rewritten every minute.
/// </summary>
/// <param name="Cluster">The cluster's name.</param>
/// <param name="Clustering">How and where its silos find each other, without secrets.</param>
public sealed record ClusterNote(
    [property: JsonPropertyName("Cluster")] string Cluster,
    [property: JsonPropertyName("Clustering")] string Clustering)
{
    public byte[] Format() => JsonSerializer.SerializeToUtf8Bytes(this, DocumentJson.Default.ClusterNote);

    /// <summary>Null if the content is not valid.</summary>
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
