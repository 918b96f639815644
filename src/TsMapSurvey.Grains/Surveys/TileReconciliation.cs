using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Observations;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Surveys;

internal static class TileReconciliation
{
    /// <summary>
    /// Returns the tiles to reconcile: those without a manifest although an observation is recorded as stacked in them, and those whose
    /// number of observations differs from the records. The latter are skipped while an observation of theirs is being changed.
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
