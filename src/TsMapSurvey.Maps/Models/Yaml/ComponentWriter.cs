using System.Globalization;
using TsMapSurvey.Sky;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace TsMapSurvey.Maps.Models.Yaml;

/// <summary>A model as a component of gammapy's model YAML, in our units.</summary>
internal static class ComponentWriter
{
    public static YamlMappingNode Write(SkyModel model)
    {
        var component = Mapping(("name", Quoted(model.Name)), ("type", Plain("SkyModel")));
        if (model.DatasetNames is { } names) component.Add("datasets_names", new YamlSequenceNode(names.Select(Quoted)));
        component.Add("spectral", Spectral(model));
        component.Add("spatial", Spatial(model));
        return component;
    }

    private static YamlMappingNode Spectral(SkyModel model)
    {
        if (model.Spectral is TemplateSpectrum table)
            return Mapping(
                ("type", Plain(SpectralKinds.Template)),
                ("parameters", new YamlSequenceNode()),
                ("energy", Mapping(("data", new YamlSequenceNode(table.EnergiesTeV.Select(Number))), ("unit", Plain("TeV")))),
                ("values", Mapping(("data", new YamlSequenceNode(table.Values.Select(Number))), ("unit", Plain(SpectralKinds.FluxUnit)))));
        var (kind, values) = Find(SpectralKinds.All, model.Spectral);
        return Mapping(("type", Plain(kind.Type)), ("parameters", new YamlSequenceNode(kind.Parameters.Zip(values, (parameter, value) => Parameter(parameter, value, model)))));
    }

    private static YamlMappingNode Spatial(SkyModel model)
    {
        var template = model.Spatial as TemplateSource;
        var (kind, values) = template is null ? Find(SpatialKinds.All, model.Spatial) : (null, []);
        var position = model.Position.Frame == SkyFrame.Fk5 ? model.Position.To(SkyFrame.Icrs) : model.Position;
        var parameters = new YamlSequenceNode(
            Parameter(SpatialKinds.Lon, position.LonDeg, model),
            Parameter(SpatialKinds.Lat, position.LatDeg, model));
        foreach (var (parameter, value) in (kind?.Parameters ?? []).Zip(values)) parameters.Add(Parameter(parameter, value, model));
        var spatial = Mapping(
            ("type", Plain(kind?.Type ?? SpatialKinds.Template)),
            ("frame", Plain(position.Frame == SkyFrame.Galactic ? "galactic" : "icrs")),
            ("parameters", parameters));
        if (template is null) return spatial;
        spatial.Add("filename", Quoted(template.FileName));
        spatial.Add("normalize", Plain(template.Normalize ? "true" : "false"));
        spatial.Add("unit", Plain("1 / sr"));
        return spatial;
    }

    private static (ModelKind<T> Kind, double[] Values) Find<T>(ModelKind<T>[] kinds, T model)
        where T : notnull
    {
        foreach (var kind in kinds)
            if (kind.Values(model) is { } values) return (kind, values);
        throw MapErrors.BadModel($"{model.GetType().Name} has no YAML form, expected one of {string.Join(", ", kinds.Select(kind => kind.Type))}");
    }

    private static YamlMappingNode Parameter(ParameterKind kind, double value, SkyModel model)
    {
        var note = model.Notes?.GetValueOrDefault(kind.Name) ?? ParameterNote.None;
        var parameter = Mapping(("name", Plain(kind.Name)), ("value", Number(value)));
        if (kind.Unit.Length > 0) parameter.Add("unit", Plain(kind.Unit));
        if (note.Error is { } error) parameter.Add("error", Number(error));
        if (note.Min is { } min) parameter.Add("min", Number(min));
        if (note.Max is { } max) parameter.Add("max", Number(max));
        if ((note.Frozen ?? (kind.Frozen ? true : null)) is { } frozen) parameter.Add("frozen", Plain(frozen ? "true" : "false"));
        if (note.Link is { } link) parameter.Add("link", Quoted(link));
        return parameter;
    }

    private static YamlMappingNode Mapping(params (string Key, YamlNode Value)[] entries) =>
        new(entries.Select(entry => KeyValuePair.Create<YamlNode, YamlNode>(Plain(entry.Key), entry.Value)));

    private static YamlScalarNode Plain(string text) => new(text) { Style = ScalarStyle.Plain };

    /// <summary>Words stay as they are; anything that YAML could take for something else, and anything beyond ASCII, is quoted.</summary>
    private static YamlScalarNode Quoted(string text) => IsWord(text) ? Plain(text) : new YamlScalarNode(text) { Style = ScalarStyle.DoubleQuoted };

    private static bool IsWord(string text) => text.Length is > 0 and < 40 && char.IsAsciiLetter(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')
        && text.ToLowerInvariant() is not ("y" or "n" or "yes" or "no" or "on" or "off" or "true" or "false" or "null" or "nan" or "inf");

    /// <summary>With a point: YAML 1.1, which gammapy's reader follows, takes 3E-13 for text.</summary>
    private static YamlScalarNode Number(double value)
    {
        if (double.IsInfinity(value)) return Plain(value > 0 ? ".inf" : "-.inf");
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var exponent = text.IndexOf('E', StringComparison.Ordinal);
        var mantissa = exponent < 0 ? text : text[..exponent];
        return Plain((mantissa.Contains('.', StringComparison.Ordinal) ? mantissa : mantissa + ".0") + (exponent < 0 ? "" : "e" + text[(exponent + 1)..]));
    }
}
