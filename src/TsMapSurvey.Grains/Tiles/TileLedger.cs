using System.Collections.Immutable;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>
/// The observations in a stack, in the order they were added, at most one version of each. Immutable with structural sharing, so that the
/// cost of a commit does not grow with the ledger.
/// </summary>
internal sealed class TileLedger
{
    private readonly ImmutableList<LedgerEntry> _entries;
    private readonly ImmutableDictionary<string, LedgerEntry> _byName;

    private TileLedger(ImmutableList<LedgerEntry> entries, ImmutableDictionary<string, LedgerEntry> byName) =>
        (_entries, _byName) = (entries, byName);

    public static TileLedger Empty { get; } = new([], ImmutableDictionary.Create<string, LedgerEntry>(StringComparer.Ordinal));

    public IReadOnlyList<LedgerEntry> Entries => _entries;

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

    /// <inheritdoc cref="StoredLedger.Write"/>
    public void Write(Stream json) => StoredLedger.Write(json, Entries);

    /// <inheritdoc cref="StoredLedger.Parse"/>
    public static TileLedger Parse(ReadOnlySpan<byte> json) => Empty.With(StoredLedger.Parse(json));
}
