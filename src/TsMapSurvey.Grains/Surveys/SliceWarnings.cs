using System.Globalization;
using TsMapSurvey.Contracts;

namespace TsMapSurvey.Grains.Surveys;

/// <summary>Warnings about observations that are missing in a survey's slices.</summary>
internal static class SliceWarnings
{
    public static IEnumerable<string> Of(string survey, IEnumerable<TileSummary> tiles)
    {
        var all = tiles.ToArray();
        var undated = all.Where(tile => tile.Undated > 0).ToArray();
        if (undated.Length > 0)
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{undated.Length} tiles, for example {undated[0].Tile}, have observations without a recorded start time, which were ")
                + "added before the survey had slices. Requests for slices fail with HTTP 409 until you stop the servers, run "
                + $"tsmap verify --survey {survey} --repair, and start the servers again";
        var without = all.Where(tile => tile.WithoutTime > 0).ToArray();
        if (without.Length > 0)
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{without.Length} tiles, for example {without[0].Tile}, have observations whose files have no GTI: ")
                + "they are in the whole survey but in no slice; replace them with files that have a GTI";
    }
}
