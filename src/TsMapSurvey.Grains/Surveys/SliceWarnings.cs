using System.Globalization;
using TsMapSurvey.Contracts;

namespace TsMapSurvey.Grains.Surveys;

/// <summary>What keeps observations out of a survey's slices.</summary>
internal static class SliceWarnings
{
    public static IEnumerable<string> Of(string survey, IEnumerable<TileSummary> tiles)
    {
        var all = tiles.ToArray();
        var undated = all.Where(tile => tile.Undated > 0).ToArray();
        if (undated.Length > 0)
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{undated.Length} tiles, {undated[0].Tile} among them, have observations from before the survey had slices, ")
                + $"and answer 409 for slices: stop the servers, run tsmap verify --survey {survey} --repair, start them again";
        var without = all.Where(tile => tile.WithoutTime > 0).ToArray();
        if (without.Length > 0)
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{without.Length} tiles, {without[0].Tile} among them, have observations whose files have no GTI: ")
                + "they are in the whole survey and in no slice; put files with a GTI in their place";
    }
}
