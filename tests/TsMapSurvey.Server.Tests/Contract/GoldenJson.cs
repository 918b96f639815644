using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace TsMapSurvey.Server.Tests.Contract;

/// <summary>Compares JSON with a recorded one. Additions do not count as differences.</summary>
internal static partial class GoldenJson
{
    /// <summary>Of a number, relative to itself or to the largest of its list, since processors round differently.</summary>
    private const double Tolerance = 2e-5;

    private const int LongestLine = 140;
    private const int LongestShown = 200;
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Everything that fits on a line is on one line, to make differences easy to see.</summary>
    public static string Format(JsonNode? json, string indent = "")
    {
        var line = json?.ToJsonString(Plain) ?? "null";
        if (line.Length + indent.Length <= LongestLine || json is not (JsonObject or JsonArray)) return line;
        var further = indent + "  ";
        if (json is JsonArray list && list.All(item => item is null || IsNumber(item))) return Wrapped(list, indent);
        var parts = json is JsonObject properties
            ? properties.Select(property => $"{further}{JsonSerializer.Serialize(property.Key, Plain)}: {Format(property.Value, further)}")
            : json.AsArray().Select(item => further + Format(item, further));
        var (open, close) = json is JsonObject ? ('{', '}') : ('[', ']');
        return $"{open}\n{string.Join(",\n", parts)}\n{indent}{close}";
    }

    /// <summary>Rounds a number to six digits, which is well below the tolerance.</summary>
    public static double Rounded(double number)
    {
        if (double.IsInteger(number) || !double.IsFinite(number)) return number;
        return double.Parse(number.ToString("g6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    /// <summary>Everything in the golden that differs or is missing in the other.</summary>
    public static IEnumerable<string> Differences(JsonNode? golden, JsonNode? found, string where = "$", double largest = 0)
    {
        switch (golden, found)
        {
            case (JsonObject one, JsonObject other):
                return one.SelectMany(property => other.ContainsKey(property.Key)
                    ? Differences(property.Value, other[property.Key], $"{where}.{property.Key}")
                    : [$"{where}.{property.Key}: is not there any more"]);
            case (JsonArray one, JsonArray other):
                if (one.Count != other.Count) return [$"{where}: found {other.Count} items, expected {one.Count}"];
                var numbers = one.OfType<JsonValue>().Where(IsNumber).Select(value => Math.Abs(value.GetValue<double>()));
                var scale = numbers.DefaultIfEmpty().Max();
                return one.Zip(other).SelectMany((pair, i) => Differences(pair.First, pair.Second, $"{where}[{i}]", scale));
            default:
                return IsSame(golden, found, largest) ? [] : [$"{where}: found {Short(found)}, expected {Short(golden)}"];
        }
    }

    /// <summary>Texts with numbers in them, which may differ as numbers do.</summary>
    private static bool IsSame(string golden, string found)
    {
        if (golden == found) return true;
        var (one, other) = (Fraction().Matches(golden), Fraction().Matches(found));
        return one.Count == other.Count && Fraction().Replace(golden, "#") == Fraction().Replace(found, "#")
            && one.Zip(other).All(pair => IsNear(Parsed(pair.First), Parsed(pair.Second), 0));
    }

    private static bool IsSame(JsonNode? golden, JsonNode? found, double largest)
    {
        if (golden is not JsonValue one || found is not JsonValue other) return golden is null && found is null;
        if (IsNumber(one) && IsNumber(other)) return IsNear(one.GetValue<double>(), other.GetValue<double>(), largest);
        if (IsText(one) && IsText(other)) return IsSame(one.GetValue<string>(), other.GetValue<string>());
        return one.ToJsonString() == other.ToJsonString();
    }

    private static bool IsNear(double golden, double found, double largest)
    {
        if (double.IsInteger(golden) && double.IsInteger(found) && Math.Abs(golden) < 1e9) return golden.Equals(found);
        return Math.Abs(found - golden) <= Tolerance * Math.Max(Math.Abs(golden), largest);
    }

    private static string Wrapped(JsonArray numbers, string indent)
    {
        var lines = new List<string> { indent + " " };
        foreach (var text in numbers.Select((item, i) => $" {item?.ToJsonString() ?? "null"}{(i < numbers.Count - 1 ? "," : "")}"))
        {
            if (lines[^1].Length + text.Length > LongestLine) lines.Add(indent + " ");
            lines[^1] += text;
        }

        return $"[\n{string.Join('\n', lines)}\n{indent}]";
    }

    private static bool IsNumber(JsonNode value) => value.GetValueKind() == JsonValueKind.Number;

    private static bool IsText(JsonNode value) => value.GetValueKind() == JsonValueKind.String;

    private static double Parsed(Match number) => double.Parse(number.Value, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static string Short(JsonNode? json) => json?.ToJsonString(Plain) switch
    {
        null => "null",
        { Length: > LongestShown } text => text[..LongestShown] + "...",
        var text => text,
    };

    [GeneratedRegex(@"-?\d+(\.\d+([eE][-+]?\d+)?|[eE][-+]?\d+)")]
    private static partial Regex Fraction();
}
