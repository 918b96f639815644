using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Models;
using TsMapSurvey.Models.Yaml;

namespace TsMapSurvey.Estimators.Gadf;

/// <summary>
/// Finds the model that FluxMaps in a file were computed with. Problems are warnings, since maps can be read without their model.
/// </summary>
internal static class ReferenceModel
{
    private const int MaxYamlBytes = 1 << 20;

    /// <summary>The model of the YAML file beside the maps, or of the COMMENT cards; null if there is none.</summary>
    /// <param name="mapsPath">Path of the maps; null to use only the COMMENT cards.</param>
    /// <param name="warnings">Problems are added here.</param>
    public static SkyModel? Find(FitsFile file, string? mapsPath, List<string> warnings)
    {
        try
        {
            if (mapsPath is not null && Beside(mapsPath, file.Hdus[0].Header) is { } yaml)
                return ReferenceReader.Read(File.ReadAllText(yaml.FullName), yaml.FullName, yaml.DirectoryName, warnings);
            return Inside(file) is { } text ? ReferenceReader.Read(text, file.Name, null, warnings) : null;
        }
        catch (Exception exception) when (exception is MapException or IOException or UnauthorizedAccessException)
        {
            warnings.Add($"the model of {file.Name} cannot be used: {FileFaults.Line(exception)}");
            return null;
        }
    }

    /// <summary>
    /// The file in the folder of the maps with the file name of MODEL; null if it does not exist. The folder in MODEL is ignored, so that
    /// files can be moved, and a header cannot make a reader open any other file.
    /// </summary>
    private static FileInfo? Beside(string mapsPath, FitsHeader header)
    {
        if (header.GetString("MODEL") is not { } model || Path.GetFileName(model.Replace('\\', '/')) is not { Length: > 0 } name)
            return null;
        var yaml = new FileInfo(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(mapsPath))!, name));
        if (!yaml.Exists) return null;
        return yaml.Length <= MaxYamlBytes
            ? yaml : throw MapErrors.Unsupported(yaml.FullName, $"{yaml.Length} bytes", $"a model of at most {MaxYamlBytes} bytes");
    }

    private static string? Inside(FitsFile file)
    {
        var lines = file.Hdus[0].Header.Where(card => card.Keyword == "COMMENT").Select(card => card.Value as string ?? "").ToArray();
        var first = Array.FindIndex(lines, line => line.StartsWith("components:", StringComparison.Ordinal));
        return first < 0 ? null : string.Join('\n', lines[first..]);
    }
}
