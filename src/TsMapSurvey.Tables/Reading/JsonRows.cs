using System.Globalization;
using System.Text.Json;

namespace TsMapSurvey.Tables.Reading;

/// <summary>
/// Reads a JSON array of objects, <c>[{"ra": 1, "dec": 2}]</c>, an array of arrays of numbers, whose columns are called 0, 1, ..., or an
/// object of arrays, <c>{"ra": [1], "dec": [2]}</c>. Values are texts, numbers, booleans or null.
/// </summary>
internal static class JsonRows
{
    private const string Kind = "JSON";
    private const int MaxDepth = 4;
    private const string Forms = "an array of objects such as {\"ra\": 83.6, \"dec\": 22.0}, an array of arrays, or an object of arrays";

    public static RowTable Read(ReadOnlyMemory<byte> bytes, RowLimits limits)
    {
        try
        {
            using var json = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false });
            return json.RootElement.ValueKind switch
            {
                JsonValueKind.Array => OfRows(json.RootElement, limits),
                JsonValueKind.Object => OfColumns(json.RootElement, limits),
                var kind => throw TableErrors.UnknownForm(Kind, $"{kind}", Forms),
            };
        }
        catch (JsonException exception)
        {
            throw TableErrors.Unreadable(Kind, exception.Message);
        }
    }

    private static RowTable OfRows(JsonElement array, RowLimits limits)
    {
        if (array.GetArrayLength() > limits.MaxRows) throw TableErrors.TooManyRows(Kind, limits.MaxRows);
        var (columns, index) = (new List<RowColumn>(), new Dictionary<string, int>(StringComparer.Ordinal));
        var rows = new List<(int Column, string Value)[]>();
        foreach (var row in array.EnumerateArray())
        {
            if (row.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
                throw TableErrors.UnknownForm($"{Kind}, row {rows.Count + 1}", $"{row.ValueKind}", Forms);
            var names = row.ValueKind == JsonValueKind.Object
                ? row.EnumerateObject().Select(property => (property.Name, property.Value))
                : row.EnumerateArray().Select((value, i) => (i.ToString(CultureInfo.InvariantCulture), value));
            var cells = new List<(int, string)>();
            foreach (var (name, value) in names)
            {
                if (!index.TryGetValue(name, out var column))
                {
                    if (columns.Count == limits.MaxColumns) throw TableErrors.TooManyColumns(Kind, limits.MaxColumns);
                    index[name] = column = columns.Count;
                    columns.Add(new RowColumn(name));
                }

                cells.Add((column, Text(value, rows.Count + 1, limits)));
            }

            rows.Add([.. cells]);
        }

        return new RowTable(columns, [.. rows.Select(Filled)]);
    }

    private static RowTable OfColumns(JsonElement json, RowLimits limits)
    {
        var (columns, values) = (new List<RowColumn>(), new List<string[]>());
        foreach (var property in json.EnumerateObject())
        {
            if (columns.Count == limits.MaxColumns) throw TableErrors.TooManyColumns(Kind, limits.MaxColumns);
            if (property.Value.ValueKind != JsonValueKind.Array)
                throw TableErrors.UnknownForm($"{Kind}, {property.Name}", $"{property.Value.ValueKind}", Forms);
            if (property.Value.GetArrayLength() > limits.MaxRows) throw TableErrors.TooManyRows(Kind, limits.MaxRows);
            columns.Add(new RowColumn(property.Name));
            values.Add([.. property.Value.EnumerateArray().Select((value, row) => Text(value, row + 1, limits))]);
        }

        var rows = values.Count == 0 ? 0 : values[0].Length;
        if (values.Find(column => column.Length != rows) is { } other)
            throw TableErrors.Unreadable(Kind, $"found columns of {rows} and of {other.Length} values, expected the same length for all");
        return new RowTable(columns, [.. Enumerable.Range(0, rows).Select(row => values.Select(column => column[row]).ToArray())]);
    }

    private static string[] Filled((int Column, string Value)[] cells)
    {
        var row = new string[cells.Length == 0 ? 0 : cells.Max(cell => cell.Column) + 1];
        Array.Fill(row, "");
        foreach (var (column, value) in cells) row[column] = value;
        return row;
    }

    private static string Text(JsonElement value, int row, RowLimits limits)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Null => "",
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            var kind => throw TableErrors.UnknownForm($"{Kind}, row {row}", $"{kind} as a value", "a number or a text"),
        };
        return text.Length > limits.MaxCellCharacters ? throw TableErrors.TooLongCell(Kind, row, limits.MaxCellCharacters) : text;
    }
}
