using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Models;
using TsMapSurvey.Models.Yaml;

namespace TsMapSurvey.Estimators.Gadf;

/// <summary>
/// The model that a file of FluxMaps was made with. Whatever is wrong with it is a warning: maps can be read without their model.
/// </summary>
internal static class ReferenceModel
{
    private const int LongestYaml = 1 << 20;

    /// <summary>Of the YAML file beside the maps, else of the COMMENT cards; null where neither gives one.</summary>
    /// <param name="mapsPath">Null: nothing beside the maps is looked for.</param>
    /// <param name="warnings">Gets what cannot be used.</param>
    public static SkyModel? Find(FitsFile file, string? mapsPath, List<string> warnings)
    {
        try
        {
            if (mapsPath is not null && Beside(mapsPath, file.Hdus[0].Header) is { } yaml)
                return ReferenceReader.Read(File.ReadAllText(yaml.FullName), yaml.FullName, yaml.DirectoryName, warnings);
            return Inside(file) is { } text ? ReferenceReader.Read(text, file.Name, null, warnings) : null;
        }
        catch (Exception bad) when (bad is MapException or IOException or UnauthorizedAccessException)
        {
            warnings.Add($"the model of {file.Name} cannot be used: {FileFaults.Line(bad)}");
            return null;
        }
    }

    /// <summary>
    /// The file that MODEL names. Only its name counts, and it must lie beside the maps: so files can be moved, and what is in a header
    /// makes nobody open anything else. Null when it is not there.
    /// </summary>
    private static FileInfo? Beside(string mapsPath, FitsHeader header)
    {
        if (header.GetString("MODEL") is not { } model || Path.GetFileName(model.Replace('\\', '/')) is not { Length: > 0 } name)
            return null;
        var yaml = new FileInfo(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(mapsPath))!, name));
        if (!yaml.Exists) return null;
        return yaml.Length <= LongestYaml
            ? yaml : throw MapErrors.Unsupported(yaml.FullName, $"{yaml.Length} bytes", $"a model of at most {LongestYaml}");
    }

    /// <summary>The YAML in the COMMENT cards; null when there is none in them.</summary>
    private static string? Inside(FitsFile file)
    {
        var lines = file.Hdus[0].Header.Where(card => card.Keyword == "COMMENT").Select(card => card.Value as string ?? "").ToArray();
        var first = Array.FindIndex(lines, line => line.StartsWith("components:", StringComparison.Ordinal));
        return first < 0 ? null : string.Join('\n', lines[first..]);
    }
}
