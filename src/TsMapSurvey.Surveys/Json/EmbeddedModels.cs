using TsMapSurvey.Maps;

namespace TsMapSurvey.Surveys.Json;

/// <summary>Reads models in survey.json, which are gammapy's YAML as text. A file name is replaced by the content of the file.</summary>
internal static class EmbeddedModels
{
    /// <param name="folder">Folder of the files; null if file names are not allowed.</param>
    /// <returns>The YAML; null if the property is missing or has a problem.</returns>
    public static string? Read(ObjectReader reader, TextField field, string? folder, List<string> problems)
    {
        if (reader.Text(field) is not { } text) return null;
        if (IsYaml(text)) return text;
        if (folder is null)
        {
            problems.Add(SurveyErrors.Wrong(reader.PathOf(field.Name), $"'{text}'", "gammapy's model YAML as text, not a file name"));
            return null;
        }

        try
        {
            return field.Embed!(Path.Combine(folder, text));
        }
        catch (MapException exception)
        {
            problems.Add(SurveyErrors.Refused(reader.PathOf(field.Name), exception));
            return null;
        }
    }

    private static bool IsYaml(string text) =>
        text.Contains('\n', StringComparison.Ordinal) || text.Contains("components:", StringComparison.Ordinal);
}
