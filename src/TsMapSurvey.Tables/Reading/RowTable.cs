using System.Text;

namespace TsMapSurvey.Tables.Reading;

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
