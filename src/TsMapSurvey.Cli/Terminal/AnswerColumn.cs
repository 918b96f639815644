using System.Globalization;
using System.Text.Json;

namespace TsMapSurvey.Cli.Terminal;

/// <summary>A column of a table whose rows are JSON objects of a server's answer.</summary>
internal sealed record AnswerColumn(string Heading, Func<JsonElement, string> Cell)
{
    /// <summary>The column of a property. The heading is the property's name unless given, with the unit below it.</summary>
    public static AnswerColumn Of(string property, string? unit = null, string? heading = null) =>
        new(unit is null ? heading ?? property
            : $"{heading ?? property}\n{unit}", row => row.TryGetProperty(property, out var value) ? Short(value) : "");

    /// <summary>A value in few characters: times to the second, numbers rounded, NaN as nothing.</summary>
    public static string Short(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when !value.TryGetInt64(out _) => Report.Number(value.GetDouble()),
        JsonValueKind.String when value.GetString() is "NaN" => "",
        JsonValueKind.String when value.TryGetDateTimeOffset(out var time) =>
            time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        _ => Full(value),
    };

    /// <summary>A value with all values nested in it, numbers to six digits.</summary>
    public static string Full(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetInt64(out var whole) => whole.ToString(CultureInfo.InvariantCulture),
        JsonValueKind.Number => value.GetDouble().ToString("g6", CultureInfo.InvariantCulture),
        JsonValueKind.Null => "",
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.Object => string.Join(", ", value.EnumerateObject().Select(property => $"{property.Name} {Full(property.Value)}")),
        JsonValueKind.Array => string.Join("; ", value.EnumerateArray().Select(Full)),
        _ => value.ToString(),
    };
}
