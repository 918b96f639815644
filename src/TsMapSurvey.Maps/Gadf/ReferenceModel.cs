using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Models;

namespace TsMapSurvey.Maps.Gadf;

/// <summary>The model that a file of FluxMaps was made with.</summary>
internal static class ReferenceModel
{
    private const int LongestYaml = 1 << 20;

    /// <summary>
    /// From the file that MODEL names. Only its name counts, and it must lie beside the maps: so files can be moved, and what is in a header makes nobody open anything else.
    /// Null when it is not there.
    /// </summary>
    public static SkyModel? Beside(string mapsPath, FitsHeader header)
    {
        if (header.GetString("MODEL") is not { } model || Path.GetFileName(model.Replace('\\', '/')) is not { Length: > 0 } name) return null;
        var yaml = new FileInfo(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(mapsPath))!, name));
        if (!yaml.Exists) return null;
        if (yaml.Length > LongestYaml) throw MapErrors.BadModel($"{yaml.FullName} has {yaml.Length} bytes, expected a model of at most {LongestYaml}");
        return SkyModelYaml.First(SkyModelYaml.Parse(File.ReadAllText(yaml.FullName), yaml.FullName, yaml.DirectoryName), yaml.FullName);
    }

    /// <summary>From the COMMENT cards; null when there is none in them.</summary>
    public static SkyModel? Inside(FitsFile file)
    {
        var lines = file.Hdus[0].Header.Where(card => card.Keyword == "COMMENT").Select(card => card.Value as string ?? "").ToArray();
        var first = Array.FindIndex(lines, line => line.StartsWith("components:", StringComparison.Ordinal));
        return first < 0 ? null : SkyModelYaml.First(SkyModelYaml.Parse(string.Join('\n', lines[first..]), file.Name), file.Name);
    }
}
