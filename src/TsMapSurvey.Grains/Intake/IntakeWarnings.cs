using System.Collections.Immutable;
using System.Globalization;
using TsMapSurvey.Contracts;

namespace TsMapSurvey.Grains.Intake;

/// <summary>What an operator is to be told of a survey's observations though nothing has failed.</summary>
internal sealed class IntakeWarnings(ObservationIndex index)
{
    private const int MostNamed = 5;
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    /// <summary>As things are now.</summary>
    public ImmutableArray<string> All => [.. Missing(), .. Twice()];

    /// <summary>Those that were not told before; what has passed and comes again is told again.</summary>
    public IReadOnlyList<string> New()
    {
        var all = All;
        var found = all.Where(warning => !_told.Contains(warning)).ToArray();
        _told.IntersectWith(all);
        _told.UnionWith(found);
        return found;
    }

    /// <summary>Notes whose files a listing of the whole store did not show.</summary>
    /// <param name="began">What has changed since then was perhaps not there yet when its name's turn came.</param>
    public void Note(IReadOnlySet<string> listed, DateTimeOffset began)
    {
        foreach (var entry in index.Entries.ToArray())
        {
            var isExpected = entry.State == ObservationState.Stacked && (entry.IsMissing || entry.ChangedAt < began);
            var isMissing = isExpected && !listed.Contains(entry.Name);
            if (isMissing != entry.IsMissing) index.Put(entry with { IsMissing = isMissing });
        }
    }

    private IEnumerable<string> Missing()
    {
        string[] names = [.. index.Entries.Where(entry => entry.IsMissing).Select(entry => entry.Name)];
        if (names.Length > 0)
            yield return $"{Count(names.Length)} in the tiles whose files the store has no longer: {Named(names)}; "
                + "put them back, or take them out with tsmap retract";
    }

    private IEnumerable<string> Twice()
    {
        string[] twice = [.. index.Twice.Select(one => $"{string.Join(" and ", one.Names)} are both {one.Identity}")];
        if (twice.Length > 0)
            yield return $"{Count(twice.Length)} in the tiles under several names, and counted as often: {Named(twice)}; "
                + "take all but one out with tsmap retract";
    }

    private static string Named(string[] names) =>
        string.Join(", ", names.Take(MostNamed))
        + (names.Length > MostNamed ? string.Create(CultureInfo.InvariantCulture, $" and {names.Length - MostNamed} more") : "");

    private static string Count(int count) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "observation" : "observations")}");
}
