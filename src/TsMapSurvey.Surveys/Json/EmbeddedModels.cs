using TsMapSurvey.Maps;

namespace TsMapSurvey.Surveys.Json;

/// <summary>Models in survey.json are gammapy's YAML as text. A file's name there is replaced by what is in the file.</summary>
internal static class EmbeddedModels
{
    /// <param name="folder">Where files are; null: there must be none.</param>
    /// <returns>The YAML; null, with a problem where something is wrong, when there is none.</returns>
    public static string? Read(ObjectReader reader, TextField field, string? folder, List<string> problems)
    {
        if (reader.Text(field) is not { } text) return null;
        if (IsYaml(text)) return text;
        if (folder is null)
        {
            problems.Add(SurveyErrors.Wrong(reader.PathOf(field.Name), $"'{text}'", "gammapy's model YAML itself, not the name of a file"));
            return null;
        }

        try
        {
            return field.Embed!(Path.Combine(folder, text));
        }
        catch (MapException bad)
        {
            problems.Add(SurveyErrors.Refused(reader.PathOf(field.Name), bad));
            return null;
        }
    }

    private static bool IsYaml(string text) =>
        text.Contains('\n', StringComparison.Ordinal) || text.Contains("components:", StringComparison.Ordinal);
}
