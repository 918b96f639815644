using System.Collections.Immutable;
using TsMapSurvey.Contracts;

namespace TsMapSurvey.Grains;

/// <summary>What an intake knows of its survey's observations, by name.</summary>
internal sealed class ObservationIndex
{
    private readonly SortedDictionary<string, ObservationEntry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<ObservationState, int> _counts = [];

    public int Count => _entries.Count;

    /// <summary>Count of each state that occurs.</summary>
    public ImmutableArray<StateCount> Counts =>
        [.. from count in _counts where count.Value > 0 orderby count.Key select new StateCount(count.Key, count.Value)];

    /// <summary>The last of all names in their order; empty before there is any.</summary>
    public string LastName { get; private set; } = "";

    public ObservationEntry? Find(string name) => _entries.GetValueOrDefault(name);

    public void Put(ObservationEntry entry)
    {
        if (_entries.TryGetValue(entry.Name, out var before)) _counts[before.State]--;
        _entries[entry.Name] = entry;
        if (string.CompareOrdinal(entry.Name, LastName) > 0) LastName = entry.Name;
        _counts[entry.State] = _counts.GetValueOrDefault(entry.State) + 1;
    }

    public void Remove(string name)
    {
        if (_entries.Remove(name, out var before)) _counts[before.State]--;
    }

    public Page<ObservationEntry> PageOf(ObservationState? state, string? after, int limit) =>
        Paging.Of(_entries.Values.Where(entry => state is null || entry.State == state), entry => entry.Name, entry => entry, after, limit);
}
