using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>
/// The observations in a stack, in the order they were added; at most one version of each. Immutable; what follows from one shares its entries, so that a
/// commit costs the same however long the ledger is.
/// </summary>
internal sealed class TileLedger
{
    private const int CurrentSchema = 3;
    private readonly ImmutableList<LedgerEntry> _entries;
    private readonly ImmutableDictionary<string, LedgerEntry> _byName;

    private TileLedger(ImmutableList<LedgerEntry> entries, ImmutableDictionary<string, LedgerEntry> byName) => (_entries, _byName) = (entries, byName);

    public static TileLedger Empty { get; } = new([], ImmutableDictionary.Create<string, LedgerEntry>(StringComparer.Ordinal));

    public IReadOnlyList<LedgerEntry> Entries => _entries;

    /// <summary>The version that is in; null when none is.</summary>
    public LedgerEntry? Find(string observation) => _byName.GetValueOrDefault(observation);

    public TileLedger With(IEnumerable<LedgerEntry> added)
    {
        var (entries, byName) = (_entries.ToBuilder(), _byName.ToBuilder());
        foreach (var entry in added)
            if (byName.TryAdd(entry.Observation, entry)) entries.Add(entry);
        return new TileLedger(entries.ToImmutable(), byName.ToImmutable());
    }

    public TileLedger Without(IEnumerable<string> observations)
    {
        var gone = observations.ToHashSet(StringComparer.Ordinal);
        return Empty.With(Entries.Where(entry => !gone.Contains(entry.Observation)));
    }

    /// <summary>
    /// As it is stored, with a checksum (<see cref="SealedJson"/>), in parts: after years it is long, and arrays for all of it would stay with every thread that
    /// once made one.
    /// </summary>
    /// <param name="json">Empty; readable.</param>
    public void Write(Stream json)
    {
        JsonSerializer.Serialize(json, new LedgerFile { Schema = CurrentSchema, Entries = Entries }, LedgerJson.Default.LedgerFile);
        SealedJson.Seal(json);
    }

    /// <summary>Of this schema; of the second one, which has no checksum; or of the first one, which was the bare list.</summary>
    /// <exception cref="JsonException">It is no ledger, or not as it was written.</exception>
    public static TileLedger Parse(ReadOnlySpan<byte> json)
    {
        var seal = SealedJson.Check(json);
        if (seal == SealState.Broken) throw new JsonException("its checksum is not that of its content");
        if (json.Length > 0 && json[0] == (byte)'[')
            return Empty.With(JsonSerializer.Deserialize(json, LedgerJson.Default.IReadOnlyListLedgerEntry) ?? throw new JsonException("null"));
        var file = JsonSerializer.Deserialize(json, LedgerJson.Default.LedgerFile) ?? throw new JsonException("null");
        if (file.Schema is not (2 or CurrentSchema)) throw new JsonException($"schema {file.Schema}, expected 1 to {CurrentSchema}");
        return file.Schema == 2 || seal == SealState.Whole ? Empty.With(file.Entries) : throw new JsonException("its checksum is missing");
    }
}

/// <summary>A ledger as it is stored.</summary>
internal sealed record LedgerFile
{
    public required int Schema { get; init; }

    public required IReadOnlyList<LedgerEntry> Entries { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(IReadOnlyList<LedgerEntry>))]
[JsonSerializable(typeof(LedgerFile))]
internal sealed partial class LedgerJson : JsonSerializerContext;
