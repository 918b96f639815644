using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Observations;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Surveys;

/// <summary>Compares what the tiles say that they hold with what the observations' records say.</summary>
internal static class TileReconciliation
{
    /// <summary>
    /// The tiles that have to look again: those without a manifest although an observation is recorded as stacked in them, and those with
    /// another number of observations than are recorded as stacked, as long as no observation is on its way to or from them.
    /// </summary>
    /// <param name="listed">The tiles that have a manifest.</param>
    public static string[] Differing(
        RecordSnapshot records, IReadOnlySet<string> listed, IReadOnlyDictionary<string, TileSummary> summaries)
    {
        var (stacked, changing) = (new Dictionary<string, int>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var record in records.Records)
        {
            foreach (var tile in record.Tiles.Union(record.Holders))
            {
                if (!record.IsSettled) changing.Add(tile);
                else if (record.State == RecordState.Stacked) stacked[tile] = stacked.GetValueOrDefault(tile) + 1;
            }
        }

        bool IsDifferent(string tile) => !changing.Contains(tile) && summaries.TryGetValue(tile, out var summary)
            && summary.Observations != stacked.GetValueOrDefault(tile);
        return [.. stacked.Keys.Where(tile => !listed.Contains(tile)), .. listed.Where(IsDifferent)];
    }
}
