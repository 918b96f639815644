using System.Globalization;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Units;
using YamlDotNet.RepresentationModel;

namespace TsMapSurvey.Models.Yaml;

/// <summary>A mapping of the file with where it is, read with checks of every type.</summary>
internal sealed class YamlEntry(YamlMappingNode node, string where)
{
    private const int LongestShown = 60;

    public string Where => where;

    public bool Has(string key) => Find(key) is not null;

    public YamlEntry? Entry(string key) => Find(key) switch
    {
        null => null,
        YamlMappingNode mapping => new YamlEntry(mapping, $"{where}, {key}"),
        var other => throw Wrong(key, other, "a mapping"),
    };

    public YamlEntry NeedEntry(string key) => Entry(key) ?? throw ModelErrors.BadModelFile(where, $"no '{key}'", "one");

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
        var other => throw Wrong(key, other, "a text"),
    };

    public string NeedText(string key) =>
        Text(key) is { Length: > 0 } text ? text : throw ModelErrors.BadModelFile(where, $"no '{key}'", "one");

    public bool? Flag(string key) => Text(key) switch
    {
        null => null,
        "true" or "True" or "TRUE" or "yes" or "on" => true,
        "false" or "False" or "FALSE" or "no" or "off" => false,
        var other => throw ModelErrors.BadModelFile($"{where}, {key}", $"'{Shorten(other)}'", "true or false"),
    };

    /// <summary>A number, not a number and infinity included.</summary>
    public double? Number(string key) => Text(key) is { } text ? ToNumber(text, key) : null;

    public double[] Numbers(string key) => [.. Texts(key).Select(text => ToNumber(text, key))];

    public string[] Texts(string key) =>
        [.. List(key).Select(item => item is YamlScalarNode { Value: { } text } ? text : throw Wrong(key, item, "a list of values"))];

    /// <summary>The numbers of a list of lists, one after the other.</summary>
    public double[] NumbersOfAll(string key) => [.. List(key).SelectMany(row => row is YamlSequenceNode list ? list.Children : [row])
        .Select(item =>
            item is YamlScalarNode { Value: { } text } ? ToNumber(text, key) : throw Wrong(key, item, "a list of lists of numbers"))];

    /// <summary>Where a model refuses its values, the message says which model of which file.</summary>
    public T Named<T>(Func<T> create)
    {
        try
        {
            return create();
        }
        catch (MapException bad) when (bad.Error == MapError.BadModel && !bad.Message.StartsWith(where, StringComparison.Ordinal))
        {
            throw ModelErrors.BadModelFile(where, bad.Message);
        }
    }

    /// <summary>The factor to our unit of what is given in <c>unit</c>; without one, gammapy's default, which is ours.</summary>
    public double Factor(string expected)
    {
        if (!Has("unit")) return 1;
        try
        {
            return Unit.Parse(Text("unit") ?? "").To(Unit.Parse(expected), where);
        }
        catch (MapException bad) when (bad.Error == MapError.BadUnit)
        {
            throw ModelErrors.BadModelFile($"{where}, unit", bad.Message, $"a unit like '{expected}'");
        }
    }

    /// <summary>A number times a factor, or one with a unit of its own (<c>3 TeV</c>), in the unit that is expected.</summary>
    public double? Amount(string key, string expected, double factor)
    {
        if (Text(key) is not { } text) return null;
        if (!text.Trim().Contains(' ', StringComparison.Ordinal)) return ToNumber(text, key) * factor;
        try
        {
            return Quantity.Parse(text).In(expected, $"'{Shorten(text)}'");
        }
        catch (MapException bad)
        {
            throw ModelErrors.BadModelFile($"{where}, {key}", bad.Message);
        }
    }

    private static bool IsNull(YamlScalarNode scalar) =>
        scalar is { Style: YamlDotNet.Core.ScalarStyle.Plain, Value: null or "" or "null" or "~" };

    private static string Shorten(string text) => text.Length > LongestShown ? text[..LongestShown] + "..." : text;

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
