using System.Text.Json;
using System.Text.Json.Serialization;
using TsMapSurvey.Storage.Layout;

namespace TsMapSurvey.Storage.Documents;

/// <summary>What is durable of a job. Its other blobs are beside it.</summary>
public sealed record ComputeRecord
{
    private const int CurrentSchema = 2;

    /// <summary>The form without a checksum.</summary>
    private const int UnsealedSchema = 1;

    public int Schema { get; init; } = CurrentSchema;

    public required string Job { get; init; }

    /// <summary>The estimator's options, as a map of survey.json.</summary>
    public required string Map { get; init; }

    /// <summary>Their names where they come from.</summary>
    public required IReadOnlyList<string> Datasets { get; init; }

    public JobState State { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When somebody asked last, to a fraction of the time that makes a job abandoned.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>Of the image; 0 until the datasets are read.</summary>
    public int Width { get; init; }

    public int Height { get; init; }

    /// <summary>Rows of every block but perhaps the last.</summary>
    public int BlockRows { get; init; }

    public string? Reason { get; init; }

    public IReadOnlyList<string> Warnings { get; init; } = [];

    [JsonIgnore]
    public JobLayout Layout => new(Job);

    public byte[] Format() => DocumentJson.Format(this with { Schema = CurrentSchema }, DocumentJson.Indented.ComputeRecord);

    /// <exception cref="JsonException">It is damaged, or no record that this version understands.</exception>
    public static ComputeRecord Parse(ReadOnlySpan<byte> json)
    {
        var (record, seal) = (JsonSerializer.Deserialize(json, DocumentJson.Default.ComputeRecord), SealedJson.Check(json));
        var isUsable = record?.Schema switch
        {
            CurrentSchema => seal == SealState.Whole,
            UnsealedSchema => seal == SealState.Unsealed,
            _ => false,
        };
        return isUsable ? record! : throw new JsonException($"schema {record?.Schema}, checksum {seal}");
    }
}
