using System.Collections.Immutable;
using TsMapSurvey.Contracts;

namespace TsMapSurvey.Grains.Intake;

/// <summary>The observations that an intake knows, by name.</summary>
internal sealed class ObservationIndex
{
    private readonly SortedDictionary<string, ObservationEntry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<ObservationState, int> _counts = [];
    private readonly Dictionary<string, SortedSet<string>> _byIdentity = new(StringComparer.Ordinal);

    public int Count => _entries.Count;

    /// <summary>Number of observations in each state that occurs.</summary>
    public ImmutableArray<StateCount> Counts =>
        [.. from count in _counts where count.Value > 0 orderby count.Key select new StateCount(count.Key, count.Value)];

    /// <summary>The ordinally greatest name so far; empty if there is none.</summary>
    public string LastName { get; private set; } = "";

    public IEnumerable<ObservationEntry> Entries => _entries.Values;

    /// <summary>Identities that tiles hold, or will hold, under several names.</summary>
    public IEnumerable<(string Identity, IReadOnlyCollection<string> Names)> Duplicates =>
        from known in _byIdentity
        where known.Value.Count > 1
        orderby known.Value.Min
        select (known.Key, (IReadOnlyCollection<string>)known.Value);

    public ObservationEntry? Find(string name) => _entries.GetValueOrDefault(name);

    public void Put(ObservationEntry entry)
    {
        Remove(entry.Name);
        _entries[entry.Name] = entry;
        if (IdentityOf(entry) is { } identity)
        {
            if (!_byIdentity.TryGetValue(identity, out var names))
                names = _byIdentity[identity] = new SortedSet<string>(StringComparer.Ordinal);
            names.Add(entry.Name);
        }

        if (string.CompareOrdinal(entry.Name, LastName) > 0) LastName = entry.Name;
        _counts[entry.State] = _counts.GetValueOrDefault(entry.State) + 1;
    }

    public void Remove(string name)
    {
        if (!_entries.Remove(name, out var before)) return;
        _counts[before.State]--;
        if (IdentityOf(before) is not { } identity) return;
        _byIdentity[identity].Remove(name);
        if (_byIdentity[identity].Count == 0) _byIdentity.Remove(identity);
    }

    /// <summary>Null for observations that no tile keeps.</summary>
    private static string? IdentityOf(ObservationEntry entry) =>
        entry.State is ObservationState.Quarantined or ObservationState.Retracting or ObservationState.Retracted ? null : entry.Identity;

    public Page<ObservationEntry> PageOf(ObservationState? state, string? after, int limit) =>
        Paging.Of(_entries.Values.Where(entry => state is null || entry.State == state), entry => entry.Name, entry => entry, after, limit);
}
