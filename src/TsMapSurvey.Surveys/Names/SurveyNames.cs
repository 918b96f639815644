using TsMapSurvey.Sky;
using TsMapSurvey.Surveys.Layers;

namespace TsMapSurvey.Surveys.Names;

/// <summary>Finds things by names from requests, for server and grains.</summary>
/// <exception cref="SurveyException">Thrown by every Find method if there is no such name; <see cref="SurveyException.Unknown"/> is its
/// kind.</exception>
public static class SurveyNames
{
    private const string JobFormat = "N";

    public static TileId FindTile(this Survey survey, string text) =>
        survey.Tiling.TryParse(text, out var tile) ? tile : throw SurveyErrors.UnknownTile(text, survey.Tiling.Names);

    /// <summary>The name of a map; the survey's first map for null or an empty text.</summary>
    public static string FindMap(this Survey survey, string? text) =>
        string.IsNullOrEmpty(text)
            ? survey.Maps.Keys.First() : survey.Maps.ContainsKey(text) ? text : throw SurveyErrors.UnknownMap(text, survey.Maps.Keys);

    /// <summary>A slice; <see cref="TimeSlice.All"/> for null or an empty text.</summary>
    public static TimeSlice FindSlice(this Survey survey, string? text) =>
        string.IsNullOrEmpty(text) ? TimeSlice.All
        : survey.Slices.FirstOrDefault(slice => slice.Name == text)
            ?? throw SurveyErrors.UnknownSlice(text, survey.Slices.Select(slice => slice.Name));

    /// <summary>The name of a map's quantity; the text is not case-sensitive.</summary>
    public static string FindQuantity(this Survey survey, string map, string text) =>
        QuantityNames.Of(survey.Maps[map]).FirstOrDefault(known => known.Equals(text, StringComparison.OrdinalIgnoreCase))
        ?? throw SurveyErrors.UnknownQuantity(text, QuantityNames.Of(survey.Maps[map]));

    public static SurveyLayer FindLayer(this Survey survey, string text) =>
        survey.Layers.FirstOrDefault(layer => layer.Name == text)
            ?? throw SurveyErrors.UnknownLayer(text, survey.Layers.Select(layer => layer.Name));

    /// <summary>The key of a job in canonical form.</summary>
    public static string FindJob(string text) =>
        Guid.TryParseExact(text, JobFormat, out var key) ? key.ToString(JobFormat) : throw SurveyErrors.UnknownJob(text);

    /// <summary>Creates the key of a new job, which cannot be guessed.</summary>
    public static string NewJob() => Guid.NewGuid().ToString(JobFormat);

    /// <summary>Whether a text has the form of a job's key.</summary>
    public static bool IsJob(string text) => Guid.TryParseExact(text, JobFormat, out _);
}
