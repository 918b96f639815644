using System.Collections.Immutable;
using System.Globalization;
using TsMapSurvey.Contracts;

namespace TsMapSurvey.Grains.Intake;

/// <summary>Warnings for the operator about a survey's observations.</summary>
internal sealed class IntakeWarnings(ObservationIndex index)
{
    private const int MaxNamed = 5;
    private readonly HashSet<string> _reported = new(StringComparer.Ordinal);

    public ImmutableArray<string> All => [.. Missing(), .. Duplicates()];

    /// <summary>Returns the warnings that the last call did not have.</summary>
    public IReadOnlyList<string> TakeNew()
    {
        var all = All;
        var found = all.Where(warning => !_reported.Contains(warning)).ToArray();
        _reported.IntersectWith(all);
        _reported.UnionWith(found);
        return found;
    }

    /// <summary>Marks the stacked observations whose files a complete listing did not contain.</summary>
    /// <param name="began">Start of the listing; observations that changed later are ignored, as the listing may have missed them.</param>
    public void MarkMissing(IReadOnlySet<string> listed, DateTimeOffset began)
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
            yield return $"the files of {Count(names.Length)} that tiles hold are missing in the store: {Named(names)}; "
                + "put them back, or remove the observations with tsmap retract";
    }

    private IEnumerable<string> Duplicates()
    {
        string[] duplicates = [.. index.Duplicates.Select(one => $"{string.Join(" and ", one.Names)} are both {one.Identity}")];
        if (duplicates.Length > 0)
            yield return $"{Count(duplicates.Length)} stacked under several names and counted once per name: {Named(duplicates)}; "
                + "remove all but one name with tsmap retract";
    }

    private static string Named(string[] names) =>
        string.Join(", ", names.Take(MaxNamed))
        + (names.Length > MaxNamed ? string.Create(CultureInfo.InvariantCulture, $" and {names.Length - MaxNamed} more") : "");

    private static string Count(int count) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "observation" : "observations")}");
}
