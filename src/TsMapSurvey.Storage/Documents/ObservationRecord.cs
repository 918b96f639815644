using System.Text.Json;
using System.Text.Json.Serialization;

namespace TsMapSurvey.Storage.Documents;

/// <summary>The durable state of an observation.</summary>
public sealed record ObservationRecord
{
    /// <summary>
    /// 2 has generations, hashes, holders and a history, 3 a checksum (<see cref="SealedJson"/>); records of 1 are read as what they mean
    /// now.
    /// </summary>
    public const int CurrentSchema = 3;

    private const int FirstSealed = 3;

    public int Schema { get; init; } = CurrentSchema;

    public required string Name { get; init; }

    /// <summary>The version that this is about.</summary>
    public required string ETag { get; init; }

    /// <summary>
    /// Which observation the file says that it is, and when that began; null where it does not say both, or was not read yet.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Identity { get; init; }

    /// <summary>Of its content; null before it was read.</summary>
    public string? Hash { get; init; }

    /// <summary>The newest ETag seen; empty when the blob was deleted: whatever comes then is new.</summary>
    public required string SeenETag { get; init; }

    public required RecordState State { get; init; }

    public string? Reason { get; init; }

    /// <summary>Counts up with every decision: what tiles are told carries it, so that what is late is known.</summary>
    public long Generation { get; init; }

    /// <summary>Those that this version touches.</summary>
    public IReadOnlyList<string> Tiles { get; init; } = [];

    /// <summary>Those that may hold some version of it: durable before a tile is told, and until it has let go.</summary>
    public IReadOnlyList<string> Holders { get; init; } = [];

    /// <summary>Why the record before this one could not be read: then the holders have to be looked for.</summary>
    public string? Damage { get; init; }

    /// <summary>What comes after Retracting: Retracted or Quarantined.</summary>
    public RecordState EndsAs { get; init; } = RecordState.Retracted;

    public required DateTimeOffset ReceivedAt { get; init; }

    public DateTimeOffset? PlannedAt { get; init; }

    public DateTimeOffset? StackedAt { get; init; }

    public DateTimeOffset? RetractedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    public IReadOnlyList<RecordStep> History { get; init; } = [];

    /// <summary>Of schema 1: whether its tiles may hold it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool HasBegun { get; init; }

    /// <summary>Whether there is nothing more to do unless somebody asks, or another version comes.</summary>
    [JsonIgnore]
    public bool IsSettled => State is RecordState.Stacked or RecordState.Quarantined or RecordState.Retracted;

    public byte[] Format() => DocumentJson.Format(this with { Schema = CurrentSchema }, DocumentJson.Indented.ObservationRecord);

    /// <exception cref="JsonException">It is no record, or not as it was written.</exception>
    /// <exception cref="StorageException">LaterVersion, which must not be touched.</exception>
    public static ObservationRecord Parse(ReadOnlySpan<byte> json, string name, string store, string blob)
    {
        var seal = SealedJson.Check(json);
        if (seal == SealState.Broken) throw new JsonException("its checksum is not that of its content");
        var record = JsonSerializer.Deserialize(json, DocumentJson.Default.ObservationRecord) ?? throw new JsonException("null");
        if (record.Schema > CurrentSchema)
            throw StorageErrors.LaterVersion(store, blob, $"schema 1 to {CurrentSchema}", $"schema {record.Schema}");
        if (record.Schema < 1 || record.Name != name) throw new JsonException($"schema {record.Schema} of '{record.Name}'");
        if (record.Schema >= FirstSealed && seal != SealState.Whole) throw new JsonException("its checksum is missing");
        return record.Schema == 1 ? record.Upgraded() : record;
    }

    /// <summary>
    /// Of schema 1. <c>changed</c> was the end then, with the old version left in the stacks; now it means that the new one is to take its
    /// place. What a tile refused after others had it is taken out of them.
    /// </summary>
    private ObservationRecord Upgraded()
    {
        // What the first schema does not have is null here, whatever the property's initializer says.
        var tiles = Tiles ?? [];
        var holders = HasBegun ? tiles : [];
        var upgraded = this with
        {
            Schema = CurrentSchema,
            HasBegun = false,
            Tiles = tiles,
            Holders = holders,
            EndsAs = RecordState.Retracted,
            History = [new RecordStep(State, ChangedAt, Reason)],
        };
        // Later than anything of an observation that had no generations.
        var decided = upgraded with { Generation = long.Max(1, ChangedAt.ToUnixTimeMilliseconds()) };
        return State switch
        {
            RecordState.Changed => decided with { ETag = SeenETag },
            RecordState.Quarantined when holders.Count > 0 =>
                decided with { State = RecordState.Retracting, EndsAs = RecordState.Quarantined },
            _ => upgraded,
        };
    }
}
