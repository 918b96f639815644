using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace TsMapSurvey.Models.Yaml;

/// <summary>Creates YAML nodes that gammapy reads with the intended type.</summary>
internal static class YamlNodes
{
    public static YamlMappingNode Mapping(params (string Key, YamlNode Value)[] entries) =>
        new(entries.Select(entry => KeyValuePair.Create<YamlNode, YamlNode>(Plain(entry.Key), entry.Value)));

    public static YamlScalarNode Plain(string text) => new(text) { Style = ScalarStyle.Plain };

    public static YamlScalarNode Flag(bool value) => Plain(value ? "true" : "false");

    /// <summary>A text, quoted unless it is an ASCII word that YAML cannot mistake for another type.</summary>
    public static YamlScalarNode Quoted(string text) =>
        IsWord(text) ? Plain(text) : new YamlScalarNode(text) { Style = ScalarStyle.DoubleQuoted };

    /// <summary>A number with a decimal point: YAML 1.1, which gammapy uses, reads 3E-13 as a string.</summary>
    public static YamlScalarNode Number(double value)
    {
        if (double.IsInfinity(value)) return Plain(value > 0 ? ".inf" : "-.inf");
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var exponent = text.IndexOf('E', StringComparison.Ordinal);
        var mantissa = exponent < 0 ? text : text[..exponent];
        return Plain((mantissa.Contains('.', StringComparison.Ordinal) ? mantissa : mantissa + ".0")
            + (exponent < 0 ? "" : "e" + text[(exponent + 1)..]));
    }

    /// <summary>Numbers with their unit, in gammapy's form of arrays.</summary>
    public static YamlMappingNode Array(IEnumerable<double> values, string unit) =>
        Mapping(("data", new YamlSequenceNode(values.Select(Number))), ("unit", Unit(unit)));

    /// <summary>A unit; an empty string if dimensionless.</summary>
    public static YamlScalarNode Unit(string unit) => unit.Length > 0 ? Plain(unit) : Quoted("");

    /// <param name="name">gammapy's unique name, the key of the component's notes.</param>
    /// <param name="unit">Null for the unit of the kind, which is omitted if dimensionless.</param>
    public static YamlMappingNode Parameter(ParameterKind kind, double value, ModelComponent model, string name, string? unit = null)
    {
        var note = model.Notes?.GetValueOrDefault(name) ?? ParameterNote.None;
        var parameter = Mapping(("name", Plain(kind.Name)), ("value", Number(value)));
        if (unit is not null || kind.Unit.Length > 0) parameter.Add("unit", Unit(unit ?? kind.Unit));
        if (note.Error is { } error) parameter.Add("error", Number(error));
        if (note.Min is { } min) parameter.Add("min", Number(min));
        if (note.Max is { } max) parameter.Add("max", Number(max));
        if ((note.Frozen ?? (kind.Frozen ? true : null)) is { } frozen) parameter.Add("frozen", Flag(frozen));
        if (note.Link is { } link) parameter.Add("link", Quoted(link));
        return parameter;
    }

    private static bool IsWord(string text) =>
        text.Length is > 0 and < 40 && char.IsAsciiLetter(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')
        && text.ToLowerInvariant() is not ("y" or "n" or "yes" or "no" or "on" or "off" or "true" or "false" or "null" or "nan" or "inf");
}
