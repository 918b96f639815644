using System.Globalization;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Models;
using TsMapSurvey.Maps.Units;

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
        return Parse(File.ReadAllText(yaml.FullName), yaml.FullName);
    }

    /// <summary>From the COMMENT cards; null when there is none in them.</summary>
    public static SkyModel? Inside(FitsFile file)
    {
        var lines = file.Hdus[0].Header.Where(card => card.Keyword == "COMMENT").Select(card => card.Value as string ?? "").ToArray();
        var first = Array.FindIndex(lines, line => line.StartsWith("components:", StringComparison.Ordinal));
        return first < 0 ? null : Parse(string.Join('\n', lines[first..]), file.Name);
    }

    /// <summary>Power laws of points and Gaussians, line by line: that is how gammapy and SkyModelYaml write them.</summary>
    private static SkyModel Parse(string yaml, string where)
    {
        var (section, parameter) = ("", "");
        var values = new Dictionary<string, string>();
        foreach (var line in yaml.Split('\n'))
        {
            var (key, value) = line.Trim().TrimStart('-').Split(':', 2, StringSplitOptions.TrimEntries) is [var head, var tail] ? (head, tail) : ("", "");
            if (value.Length == 0 && key is "spectral" or "spatial") section = key;
            else if (key == "name") parameter = value;
            else if (section.Length > 0 && key is "type") values[$"{section} type"] = value;
            else if (section.Length > 0 && key is "value" or "unit") values[$"{section} {parameter} {key}"] = value;
        }

        if (values.GetValueOrDefault("spectral type") is not "PowerLawSpectralModel")
            throw MapErrors.BadModel($"{where}: found a spectral model '{values.GetValueOrDefault("spectral type")}', expected PowerLawSpectralModel");
        double Number(string name, string unit, double otherwise) => values.TryGetValue($"{name} value", out var text)
            ? double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? number * Unit.Parse(values.GetValueOrDefault($"{name} unit", unit).Trim('\'', '"')).To(Unit.Parse(unit), $"{where}, {name}")
                : throw MapErrors.BadModel($"{where}, {name}: found '{text}', expected a number")
            : otherwise;
        var standard = new PowerLaw();
        var spectral = new PowerLaw(
            Number("spectral index", "", standard.Index), Number("spectral amplitude", "cm-2 s-1 TeV-1", standard.Amplitude), Number("spectral reference", "TeV", standard.ReferenceTeV));
        return values.GetValueOrDefault("spatial type") switch
        {
            null or "PointSpatialModel" => new SkyModel(new PointSource(), spectral),
            "GaussianSpatialModel" => new SkyModel(new GaussianSource(Number("spatial sigma", "deg", 1)), spectral),
            var other => throw MapErrors.BadModel($"{where}: found a spatial model '{other}', expected PointSpatialModel or GaussianSpatialModel"),
        };
    }
}
