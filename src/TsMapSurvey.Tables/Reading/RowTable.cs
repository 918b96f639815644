using System.Text;

namespace TsMapSurvey.Tables.Reading;

/// <summary>A format in which a table of text can be read.</summary>
public enum RowFormat
{
    /// <summary>Comma-separated text with a line of names; also ECSV.</summary>
    Csv,

    /// <summary>VOTable with its rows as text (TABLEDATA).</summary>
    VoTable,

    /// <summary>An array of objects, an array of arrays, or an object of arrays.</summary>
    Json,
}

/// <summary>Limits of a table from outside, checked while it is read.</summary>
public sealed record RowLimits(int MaxRows)
{
    public int MaxColumns { get; init; } = 1000;

    /// <summary>Longest text of a value, a name or a unit.</summary>
    public int MaxCellCharacters { get; init; } = 10_000;
}

/// <summary>A column of a table that was read.</summary>
/// <param name="Unit">As in the file; null if it states none.</param>
/// <param name="Ucd">The kind of quantity; null if the file states none.</param>
public sealed record RowColumn(string Name, string? Unit = null, string? Ucd = null);

/// <summary>A table as text: the columns, and the rows with the values of the first columns.</summary>
public sealed record RowTable(IReadOnlyList<RowColumn> Columns, IReadOnlyList<string[]> Rows)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a table from bytes that may be hostile.</summary>
    /// <exception cref="TableException">It is damaged, has too many rows or columns, or has a column name twice.</exception>
    public static RowTable Read(ReadOnlyMemory<byte> bytes, RowFormat format, RowLimits limits)
    {
        var table = format switch
        {
            RowFormat.VoTable => VoTableRows.Read(bytes, limits),
            RowFormat.Json => JsonRows.Read(bytes, limits),
            _ => CsvRows.Read(Text(bytes), limits),
        };
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var column in table.Columns)
            if (!names.Add(column.Name)) throw TableErrors.RepeatedColumn($"{format}", column.Name);
        return table;
    }

    /// <summary>A value; empty if it is missing.</summary>
    public string this[int row, int column] => column < Rows[row].Length ? Rows[row][column] : "";

    private static string Text(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes.Span).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            throw TableErrors.NotText("CSV");
        }
    }
}
