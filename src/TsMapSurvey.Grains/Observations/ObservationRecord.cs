using System.Text.Json;
using System.Text.Json.Serialization;
using TsMapSurvey.Contracts;

namespace TsMapSurvey.Grains;

/// <summary>The durable state of an observation: the blob <c>surveys/S/observations/NAME.json</c>.</summary>
internal sealed record ObservationRecord
{
    public const int CurrentSchema = 1;

    public int Schema { get; init; } = CurrentSchema;

    public required string Name { get; init; }

    /// <summary>The version that the tiles were told of, or that was refused.</summary>
    public required string ETag { get; init; }

    /// <summary>The newest version seen.</summary>
    public required string SeenETag { get; init; }

    public required ObservationState State { get; init; }

    public string? Reason { get; init; }

    public IReadOnlyList<string> Tiles { get; init; } = [];

    /// <summary>Whether a tile may have it: from the moment that the tiles are told.</summary>
    public bool HasBegun { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public DateTimeOffset? PlannedAt { get; init; }

    public DateTimeOffset? StackedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    public static ObservationRecord New(ObservationRef observation, DateTimeOffset now) => new()
    {
        Name = observation.Name,
        ETag = observation.ETag,
        SeenETag = observation.ETag,
        State = ObservationState.Received,
        ReceivedAt = now,
        ChangedAt = now,
    };

    public ObservationStatus ToStatus() => new(Name, ETag, State, Reason, [.. Tiles], ReceivedAt, PlannedAt, StackedAt, ChangedAt, SeenETag);

    public ObservationEntry ToEntry() => new(Name, SeenETag, State, ChangedAt, Tiles.Count, Reason);

    public byte[] Format() => JsonSerializer.SerializeToUtf8Bytes(this, RecordJson.Default.ObservationRecord);

    /// <exception cref="SurveyServiceException">StoreRefused: it is no record that this version understands.</exception>
    public static ObservationRecord Parse(ReadOnlySpan<byte> json, string blob)
    {
        try
        {
            var record = JsonSerializer.Deserialize(json, RecordJson.Default.ObservationRecord);
            return record is { Schema: CurrentSchema } ? record : throw ServiceFaults.Damaged(blob, $"schema {record?.Schema}", $"schema {CurrentSchema}");
        }
        catch (JsonException bad)
        {
            throw ServiceFaults.Damaged(blob, bad.Message, "an observation's record");
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, WriteIndented = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(ObservationRecord))]
internal sealed partial class RecordJson : JsonSerializerContext;
