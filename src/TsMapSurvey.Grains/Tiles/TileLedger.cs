using System.Text.Json;
using System.Text.Json.Serialization;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains;

/// <summary>The observations in a stack, in the order they were added; at most one version of each. Immutable.</summary>
internal sealed class TileLedger
{
    private readonly Dictionary<string, string> _versions;

    private TileLedger(IReadOnlyList<LedgerEntry> entries, Dictionary<string, string> versions) => (Entries, _versions) = (entries, versions);

    public static TileLedger Empty { get; } = new([], []);

    public IReadOnlyList<LedgerEntry> Entries { get; }

    /// <summary>The ETag of the version that is in; null when none is.</summary>
    public string? VersionOf(string observation) => _versions.GetValueOrDefault(observation);

    public TileLedger With(IEnumerable<LedgerEntry> added)
    {
        var versions = new Dictionary<string, string>(_versions, StringComparer.Ordinal);
        var entries = new List<LedgerEntry>(Entries);
        foreach (var entry in added)
            if (versions.TryAdd(entry.Observation, entry.ETag)) entries.Add(entry);
        return new TileLedger(entries, versions);
    }

    public TileLedger Without(IReadOnlyCollection<LedgerEntry> gone) => Empty.With(Entries.Where(entry => !gone.Contains(entry)));

    public byte[] Format() => JsonSerializer.SerializeToUtf8Bytes(Entries, LedgerJson.Default.IReadOnlyListLedgerEntry);

    /// <exception cref="JsonException">It is no ledger.</exception>
    public static TileLedger Parse(ReadOnlySpan<byte> json) =>
        Empty.With(JsonSerializer.Deserialize(json, LedgerJson.Default.IReadOnlyListLedgerEntry) ?? throw new JsonException("null"));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(IReadOnlyList<LedgerEntry>))]
internal sealed partial class LedgerJson : JsonSerializerContext;
