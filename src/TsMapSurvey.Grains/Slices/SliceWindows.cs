using TsMapSurvey.Contracts;
using TsMapSurvey.Surveys;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Grains.Slices;

internal static class SliceWindows
{
    /// <summary>
    /// Returns the slice's nights up to the newest night of any tile, so that all tiles share one window. Null for the slice "all", and
    /// while no night is known.
    /// </summary>
    /// <exception cref="SurveyException">The survey has no such slice.</exception>
    /// <exception cref="SurveyServiceException">UndatedObservations: a tile has observations without a recorded start time.</exception>
    public static SliceWindow? Of(Survey survey, string slice, IReadOnlyCollection<TileSummary> tiles)
    {
        var known = survey.FindSlice(slice);
        if (known.Nights is not null && tiles.FirstOrDefault(tile => tile.Undated > 0) is { } undated)
            throw ServiceErrors.Undated(survey.Name, undated.Tile, undated.Undated);
        if (known.Nights is not { } nights || tiles.Max(tile => tile.NewestNight) is not { } newest) return null;
        var first = newest - nights + 1;
        return new SliceWindow(slice, first, newest, survey.Nights.BeginningOf(first), survey.Nights.BeginningOf(newest + 1));
    }

    public static string Text(this SliceWindow window) =>
        FormattableString.Invariant($"{window.Start:yyyy-MM-dd HH:mm} to {window.End:yyyy-MM-dd HH:mm} UTC");
}
