using System.Globalization;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Units;
using YamlDotNet.RepresentationModel;

namespace TsMapSurvey.Models.Yaml;

/// <summary>A YAML mapping with its location for messages. Reading a value of a wrong type throws a MapException.</summary>
internal sealed class YamlEntry(YamlMappingNode node, string where)
{
    private const int MaxShownLength = 60;

    public string Where => where;

    public bool Has(string key) => Find(key) is not null;

    public YamlEntry? Entry(string key) => Find(key) switch
    {
        null => null,
        YamlMappingNode mapping => new YamlEntry(mapping, $"{where}, {key}"),
        var other => throw Wrong(key, other, "a mapping"),
    };

    public YamlEntry RequiredEntry(string key) => Entry(key) ?? throw ModelErrors.BadModelFile(where, $"no '{key}'", "a mapping");

    /// <summary>The mappings of a list; none where there is no list.</summary>
    public IEnumerable<YamlEntry> Entries(string key)
    {
        var number = 0;
        foreach (var item in List(key))
        {
            number++;
            yield return item is YamlMappingNode mapping
                ? new YamlEntry(mapping, $"{where}, {key} {number}") : throw Wrong(key, item, "a list of mappings");
        }
    }

    public YamlEntry At(string place) => new(node, place);

    public string? Text(string key) => Find(key) switch
    {
        null => null,
        YamlScalarNode scalar when !IsNull(scalar) => scalar.Value,
        YamlScalarNode => null,
        var other => throw Wrong(key, other, "a single value"),
    };

    public string RequiredText(string key) =>
        Text(key) is { Length: > 0 } text ? text : throw ModelErrors.BadModelFile(where, $"no '{key}'", "a value");

    public bool? Flag(string key) => Text(key) switch
    {
        null => null,
        "true" or "True" or "TRUE" or "yes" or "on" => true,
        "false" or "False" or "FALSE" or "no" or "off" => false,
        var other => throw ModelErrors.BadModelFile($"{where}, {key}", $"'{Shorten(other)}'", "true or false"),
    };

    /// <summary>A number; NaN and infinity are allowed.</summary>
    public double? Number(string key) => Text(key) is { } text ? ToNumber(text, key) : null;

    public double[] Numbers(string key) => [.. Texts(key).Select(text => ToNumber(text, key))];

    public string[] Texts(string key) =>
        [.. List(key).Select(item => item is YamlScalarNode { Value: { } text } ? text : throw Wrong(key, item, "a list of values"))];

    public double[] NestedNumbers(string key) => [.. List(key).SelectMany(row => row is YamlSequenceNode list ? list.Children : [row])
        .Select(item =>
            item is YamlScalarNode { Value: { } text } ? ToNumber(text, key) : throw Wrong(key, item, "a list of lists of numbers"))];

    /// <summary>Creates a model and adds this entry's location to the message if the model rejects its values.</summary>
    public T WithLocation<T>(Func<T> create)
    {
        try
        {
            return create();
        }
        catch (MapException exception)
            when (exception.Error == MapError.BadModel && !exception.Message.StartsWith(where, StringComparison.Ordinal))
        {
            throw ModelErrors.BadModelFile(where, exception.Message);
        }
    }

    /// <summary>
    /// The factor from the entry's <c>unit</c> to the expected unit; 1 without it, as the expected unit is gammapy's default.
    /// </summary>
    public double Factor(string expected)
    {
        if (!Has("unit")) return 1;
        try
        {
            return Unit.Parse(Text("unit") ?? "").To(Unit.Parse(expected), where);
        }
        catch (MapException exception) when (exception.Error == MapError.BadUnit)
        {
            throw ModelErrors.BadModelFile($"{where}, unit", exception.Message, $"a unit like '{expected}'");
        }
    }

    /// <summary>A value in the expected unit: a number times the factor, or a quantity with its own unit such as <c>3 TeV</c>.</summary>
    public double? Amount(string key, string expected, double factor)
    {
        if (Text(key) is not { } text) return null;
        if (!text.Trim().Contains(' ', StringComparison.Ordinal)) return ToNumber(text, key) * factor;
        try
        {
            return Quantity.Parse(text).In(expected, $"'{Shorten(text)}'");
        }
        catch (MapException exception)
        {
            throw ModelErrors.BadModelFile($"{where}, {key}", exception.Message);
        }
    }

    private static bool IsNull(YamlScalarNode scalar) =>
        scalar is { Style: YamlDotNet.Core.ScalarStyle.Plain, Value: null or "" or "null" or "~" };

    private static string Shorten(string text) => text.Length > MaxShownLength ? text[..MaxShownLength] + "..." : text;

    private YamlNode? Find(string key)
    {
        foreach (var (found, value) in node.Children)
            if (found is YamlScalarNode scalar && scalar.Value == key) return value;
        return null;
    }

    private IEnumerable<YamlNode> List(string key) => Find(key) switch
    {
        null => [],
        YamlSequenceNode list => list.Children,
        YamlScalarNode scalar when IsNull(scalar) => [],
        var other => throw Wrong(key, other, "a list"),
    };

    private double ToNumber(string text, string key) => text switch
    {
        ".nan" or ".NaN" or ".NAN" or "nan" => double.NaN,
        ".inf" or "+.inf" or ".Inf" or "inf" => double.PositiveInfinity,
        "-.inf" or "-.Inf" or "-inf" => double.NegativeInfinity,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value
            : throw ModelErrors.BadModelFile($"{where}, {key}", $"'{Shorten(text)}'", "a number"),
    };

    private MapException Wrong(string key, YamlNode found, string expected) => ModelErrors.BadModelFile($"{where}, {key}", found switch
    {
        YamlScalarNode scalar => $"'{Shorten(scalar.Value ?? "")}'",
        YamlSequenceNode list => $"a list of {list.Children.Count}",
        _ => "a mapping",
    }, expected);
}
