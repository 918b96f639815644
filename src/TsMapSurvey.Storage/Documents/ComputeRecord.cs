using System.Text.Json;
using System.Text.Json.Serialization;
using TsMapSurvey.Storage.Layout;

namespace TsMapSurvey.Storage.Documents;

/// <summary>The durable state of a job. Its other blobs are in the same folder.</summary>
public sealed record ComputeRecord
{
    private const int CurrentSchema = 2;

    /// <summary>The schema without a checksum.</summary>
    private const int UnsealedSchema = 1;

    public int Schema { get; init; } = CurrentSchema;

    public required string Job { get; init; }

    /// <summary>The estimator's options, in the form of a map of survey.json.</summary>
    public required string Map { get; init; }

    /// <summary>The names that the client gave them.</summary>
    public required IReadOnlyList<string> Datasets { get; init; }

    public JobState State { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When a client last asked for the job, rounded to a fraction of the time after which a job counts as abandoned.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>The image's width and height in pixels; 0 until the datasets are read.</summary>
    public int Width { get; init; }

    public int Height { get; init; }

    /// <summary>Rows of a block; the last block may have fewer.</summary>
    public int BlockRows { get; init; }

    public string? Reason { get; init; }

    public IReadOnlyList<string> Warnings { get; init; } = [];

    [JsonIgnore]
    public JobLayout Layout => new(Job);

    public byte[] Format() => DocumentJson.Format(this with { Schema = CurrentSchema }, DocumentJson.Indented.ComputeRecord);

    /// <exception cref="JsonException">The record is damaged, or of a schema that this version does not know.</exception>
    public static ComputeRecord Parse(ReadOnlySpan<byte> json)
    {
        var (record, seal) = (JsonSerializer.Deserialize(json, DocumentJson.Default.ComputeRecord), SealedJson.Check(json));
        var isUsable = record?.Schema switch
        {
            CurrentSchema => seal == SealState.Valid,
            UnsealedSchema => seal == SealState.Unsealed,
            _ => false,
        };
        return isUsable ? record! : throw new JsonException($"schema {record?.Schema}, checksum {seal}");
    }
}
