using System.Text.Json;
using System.Text.Json.Serialization;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains;

/// <summary>The observations in a stack, in the order they were added; at most one version of each. Immutable.</summary>
internal sealed class TileLedger
{
    private const int CurrentSchema = 2;
    private readonly Dictionary<string, LedgerEntry> _byName;

    private TileLedger(IReadOnlyList<LedgerEntry> entries, Dictionary<string, LedgerEntry> byName) => (Entries, _byName) = (entries, byName);

    public static TileLedger Empty { get; } = new([], []);

    public IReadOnlyList<LedgerEntry> Entries { get; }

    /// <summary>The version that is in; null when none is.</summary>
    public LedgerEntry? Find(string observation) => _byName.GetValueOrDefault(observation);

    public TileLedger With(IEnumerable<LedgerEntry> added)
    {
        var byName = new Dictionary<string, LedgerEntry>(_byName, StringComparer.Ordinal);
        var entries = new List<LedgerEntry>(Entries);
        foreach (var entry in added)
            if (byName.TryAdd(entry.Observation, entry)) entries.Add(entry);
        return new TileLedger(entries, byName);
    }

    public TileLedger Without(IEnumerable<string> observations)
    {
        var gone = observations.ToHashSet(StringComparer.Ordinal);
        return Empty.With(Entries.Where(entry => !gone.Contains(entry.Observation)));
    }

    public byte[] Format() => JsonSerializer.SerializeToUtf8Bytes(new LedgerFile { Schema = CurrentSchema, Entries = Entries }, LedgerJson.Default.LedgerFile);

    /// <summary>Of this schema, or of the first one, which was the bare list.</summary>
    /// <exception cref="JsonException">It is no ledger.</exception>
    public static TileLedger Parse(ReadOnlySpan<byte> json)
    {
        if (json.Length > 0 && json[0] == (byte)'[')
            return Empty.With(JsonSerializer.Deserialize(json, LedgerJson.Default.IReadOnlyListLedgerEntry) ?? throw new JsonException("null"));
        var file = JsonSerializer.Deserialize(json, LedgerJson.Default.LedgerFile) ?? throw new JsonException("null");
        return file.Schema == CurrentSchema ? Empty.With(file.Entries) : throw new JsonException($"schema {file.Schema}, expected 1 or {CurrentSchema}");
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
