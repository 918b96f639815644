using TsMapSurvey.Contracts;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>The observations of a ledger with their start times, page by page.</summary>
internal static class TileContributions
{
    /// <param name="window">Only observations that began in these nights; null: all.</param>
    public static Page<Contribution> Of(TileLedger ledger, NightCalendar nights, SliceWindow? window, string? after, int limit)
    {
        var entries = ledger.Entries
            .Where(entry => window is null || (entry.StartS is { } start && window.Contains(nights.NightOf(start))))
            .OrderBy(entry => entry.Observation, StringComparer.Ordinal);
        return Paging.Of(
            entries, entry => entry.Observation, entry => new Contribution(entry.Observation, entry.Hash, entry.StartS), after, limit);
    }
}
