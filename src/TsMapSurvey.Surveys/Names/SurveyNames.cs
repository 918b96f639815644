using TsMapSurvey.Sky;

namespace TsMapSurvey.Surveys.Names;

/// <summary>The one check of names from outside, for server and grains: text goes in, the name of what is there comes out.</summary>
/// <exception cref="SurveyException">Of every method: nothing has that name; <see cref="SurveyException.Unknown"/> says of
/// what.</exception>
public static class SurveyNames
{
    private const string JobFormat = "N";

    public static TileId FindTile(this Survey survey, string text) =>
        survey.Tiling.TryParse(text, out var tile) ? tile : throw SurveyErrors.UnknownTile(text, survey.Tiling.Names);

    /// <summary>The survey's first map where none is named.</summary>
    public static string FindMap(this Survey survey, string? text) =>
        string.IsNullOrEmpty(text)
            ? survey.Maps.Keys.First() : survey.Maps.ContainsKey(text) ? text : throw SurveyErrors.UnknownMap(text, survey.Maps.Keys);

    /// <summary>All where none is named.</summary>
    public static TimeSlice FindSlice(this Survey survey, string? text) =>
        string.IsNullOrEmpty(text) ? TimeSlice.All
        : survey.Slices.FirstOrDefault(slice => slice.Name == text)
            ?? throw SurveyErrors.UnknownSlice(text, survey.Slices.Select(slice => slice.Name));

    /// <summary>The quantity of a map under its own name, however its letters are written.</summary>
    public static string FindQuantity(this Survey survey, string map, string text) =>
        QuantityNames.Of(survey.Maps[map]).FirstOrDefault(known => known.Equals(text, StringComparison.OrdinalIgnoreCase))
        ?? throw SurveyErrors.UnknownQuantity(text, QuantityNames.Of(survey.Maps[map]));

    /// <summary>The key of a job, in its one spelling.</summary>
    public static string FindJob(string text) =>
        Guid.TryParseExact(text, JobFormat, out var key) ? key.ToString(JobFormat) : throw SurveyErrors.UnknownJob(text);

    /// <summary>The key of a new job, which nobody can guess.</summary>
    public static string NewJob() => Guid.NewGuid().ToString(JobFormat);

    /// <summary>Whether a folder can be a job's.</summary>
    public static bool IsJob(string text) => Guid.TryParseExact(text, JobFormat, out _);
}
