using System.Text.Json;

namespace TsMapSurvey.Tables;

/// <summary>A JSON array with an object for each row. Property names are in camelCase; numbers that are not finite are null.</summary>
internal static class JsonTable
{
    public static byte[] Format(DataTable table)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartArray();
            for (var row = 0; row < table.RowCount; row++)
            {
                json.WriteStartObject();
                foreach (var column in table.Columns)
                    Write(json, JsonNamingPolicy.CamelCase.ConvertName(JoinParts(column.Name)), column.Values.GetValue(row)!);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter json, string name, object value)
    {
        if (value is long integer) json.WriteNumber(name, integer);
        else if (value is bool flag) json.WriteBoolean(name, flag);
        else if (value is string text) json.WriteString(name, text);
        else if (value is double number && double.IsFinite(number)) json.WriteNumber(name, number);
        else json.WriteNull(name);
    }

    /// <summary>Converts sqrt_ts to sqrtTs.</summary>
    private static string JoinParts(string name) =>
        string.Concat(name.Split('_').Select((part, i) => i == 0 || part.Length == 0 ? part : char.ToUpperInvariant(part[0]) + part[1..]));
}
