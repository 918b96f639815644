using System.Text.Json;
using System.Text.Json.Serialization;
using TsMapSurvey.Contracts;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains.Compute;

/// <summary>What is durable of a job: <c>compute/JOB/job.json</c>, with a checksum. Its other blobs are beside it.</summary>
internal sealed record ComputeRecord
{
    public const string Root = "compute/";
    public const string FileName = "job.json";
    private const int CurrentSchema = 2;

    /// <summary>The form without a checksum.</summary>
    private const int UnsealedSchema = 1;

    public int Schema { get; init; } = CurrentSchema;

    public required string Job { get; init; }

    /// <summary>The estimator's options, as a map of survey.json.</summary>
    public required string Map { get; init; }

    /// <summary>Their names where they come from.</summary>
    public required IReadOnlyList<string> Datasets { get; init; }

    public ComputeState State { get; init; }

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
    public string Blob => BlobOf(Job, FileName);

    [JsonIgnore]
    public string ResultBlob => BlobOf(Job, "flux.maps");

    /// <summary>The row blocks, from the lowest.</summary>
    [JsonIgnore]
    public IReadOnlyList<PixelRegion> Blocks => BlockRows == 0 ? []
        : [.. Enumerable.Range(0, (Height + BlockRows - 1) / BlockRows).Select(block => new PixelRegion(0, block * BlockRows, Width, int.Min(BlockRows, Height - block * BlockRows)))];

    /// <summary>Names that no intake takes for observations.</summary>
    public static string BlobOf(string job, string file) => $"{Root}{job}/{file}";

    public string DatasetBlob(int dataset) => BlobOf(Job, $"datasets/{dataset:D4}.dataset");

    public string BlockBlob(int block) => BlobOf(Job, $"blocks/{block:D6}.block");

    /// <summary>Written after the block's maps: it says that the block is done.</summary>
    public string FactsBlob(int block) => BlobOf(Job, $"blocks/{block:D6}.json");

    public byte[] Format() => SealedJson.Seal(JsonSerializer.SerializeToUtf8Bytes(this with { Schema = CurrentSchema }, ComputeJson.Default.ComputeRecord));

    /// <exception cref="SurveyServiceException">WrongState: it is damaged, or no record that this version understands.</exception>
    public static ComputeRecord Parse(ReadOnlySpan<byte> json, string job)
    {
        try
        {
            var (record, seal) = (JsonSerializer.Deserialize(json, ComputeJson.Default.ComputeRecord), SealedJson.Check(json));
            var isUsable = record?.Schema switch
            {
                CurrentSchema => seal == SealState.Whole,
                UnsealedSchema => seal == SealState.Unsealed,
                _ => false,
            };
            return isUsable ? record! : throw ServiceErrors.DamagedJob(job, $"schema {record?.Schema}, checksum {seal}");
        }
        catch (JsonException bad)
        {
            throw ServiceErrors.DamagedJob(job, bad.Message);
        }
    }
}

/// <summary>Who computed a block, and what is to be told of its maps.</summary>
internal sealed record BlockFacts(string Silo, IReadOnlyList<string> Warnings)
{
    public BlockReport ToReport() => new(BlockState.Done, Silo, null, [.. Warnings], 1);

    public byte[] Format() => SealedJson.Seal(JsonSerializer.SerializeToUtf8Bytes(this, ComputeJson.Default.BlockFacts));

    /// <summary>Null where there are none. What is damaged, or has no checksum as in earlier versions, is deleted: the block is computed again.</summary>
    public static async Task<BlockFacts?> FindAsync(IBlobStore blobs, string name, CancellationToken cancellationToken)
    {
        if (await blobs.ReadAsync(name, cancellationToken) is not { } content) return null;
        if (SealedJson.Check(content.Bytes.Span) == SealState.Whole && JsonSerializer.Deserialize(content.Bytes.Span, ComputeJson.Default.BlockFacts) is { } facts) return facts;
        await blobs.DeleteAsync(name, WriteCondition.IfMatch(content.ETag), cancellationToken);
        return null;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ComputeRecord))]
[JsonSerializable(typeof(BlockFacts))]
internal sealed partial class ComputeJson : JsonSerializerContext;
