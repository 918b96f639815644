using System.Text.Json;
using System.Text.Json.Serialization;

namespace TsMapSurvey.Storage.Documents;

public sealed record ObservationRecord
{
    /// <summary>
    /// Schema 2 added generations, hashes, holders and the history, schema 3 the checksum (<see cref="SealedJson"/>). Schema 1 is upgraded
    /// when it is read.
    /// </summary>
    public const int CurrentSchema = 3;

    private const int FirstSealed = 3;

    public int Schema { get; init; } = CurrentSchema;

    public required string Name { get; init; }

    /// <summary>The version that this record describes.</summary>
    public required string ETag { get; init; }

    /// <summary>
    /// The observation's id and start time as its file states them; null if the file lacks one of them or was not read yet.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Identity { get; init; }

    /// <summary>Null if it was not read yet, or was planned by an earlier version of this program.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RecordedCoverage? Coverage { get; init; }

    /// <summary>Null if it is no event list, was not read yet, or was planned by an earlier version of this program.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RecordedReduction? Reduction { get; init; }

    /// <summary>MD5 of the content; null before it was read.</summary>
    public string? Hash { get; init; }

    /// <summary>The newest ETag seen; empty after the blob was deleted, so that any later blob counts as new.</summary>
    public required string SeenETag { get; init; }

    public required RecordState State { get; init; }

    public string? Reason { get; init; }

    /// <summary>Counts up with every decision. Messages to tiles carry it, so that late ones are recognised.</summary>
    public long Generation { get; init; }

    /// <summary>The tiles that this version covers.</summary>
    public IReadOnlyList<string> Tiles { get; init; } = [];

    /// <summary>
    /// The tiles that may hold some version of the observation. A tile is recorded here before it gets the observation, and removed after
    /// it has dropped it.
    /// </summary>
    public IReadOnlyList<string> Holders { get; init; } = [];

    /// <summary>Why the previous record could not be read; the holders must then be searched for.</summary>
    public string? Damage { get; init; }

    /// <summary>The state after Retracting: Retracted or Quarantined.</summary>
    public RecordState EndsAs { get; init; } = RecordState.Retracted;

    public required DateTimeOffset ReceivedAt { get; init; }

    public DateTimeOffset? PlannedAt { get; init; }

    public DateTimeOffset? StackedAt { get; init; }

    public DateTimeOffset? RetractedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    public IReadOnlyList<RecordStep> History { get; init; } = [];

    /// <summary>Schema 1 only: whether its tiles may hold it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool HasBegun { get; init; }

    /// <summary>Whether nothing is left to do until a request or another version arrives.</summary>
    [JsonIgnore]
    public bool IsSettled => State is RecordState.Stacked or RecordState.Quarantined or RecordState.Retracted;

    public byte[] Format() => DocumentJson.Format(this with { Schema = CurrentSchema }, DocumentJson.Indented.ObservationRecord);

    /// <exception cref="JsonException">It is not a valid record, or its checksum does not match.</exception>
    /// <exception cref="StorageException">LaterVersion: the record must not be modified.</exception>
    public static ObservationRecord Parse(ReadOnlySpan<byte> json, string name, string store, string blob)
    {
        var seal = SealedJson.Check(json);
        if (seal == SealState.Broken) throw new JsonException("its checksum does not match its content");
        var record = JsonSerializer.Deserialize(json, DocumentJson.Default.ObservationRecord) ?? throw new JsonException("null");
        if (record.Schema > CurrentSchema)
            throw StorageErrors.LaterVersion(store, blob, $"schema 1 to {CurrentSchema}", $"schema {record.Schema}");
        if (record.Schema < 1 || record.Name != name) throw new JsonException($"schema {record.Schema} of '{record.Name}'");
        if (record.Schema >= FirstSealed && seal != SealState.Valid) throw new JsonException("its checksum is missing");
        return record.Schema == 1 ? record.UpgradeFromSchema1() : record;
    }

    /// <summary>
    /// In schema 1, <c>changed</c> was a final state that left the old version in the stacks; now the new version replaces it. An
    /// observation that one tile rejected after others had added it is now removed from those.
    /// </summary>
    private ObservationRecord UpgradeFromSchema1()
    {
        // A property that schema 1 lacks is null here despite its initializer.
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
        // Greater than any generation counted from 1, since schema 1 had none.
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
