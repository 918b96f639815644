using TsMapSurvey.Fits;

namespace TsMapSurvey.Tables;

public static class TableFile
{
    private static readonly (string Ending, TableFormat Format)[] Endings =
    [
        (".ecsv", TableFormat.Ecsv), (".csv", TableFormat.Csv), (".vot", TableFormat.VoTable), (".votable", TableFormat.VoTable),
        (".xml", TableFormat.VoTable), (".json", TableFormat.Json),
        (".parquet", TableFormat.Parquet),
        (".fits", TableFormat.Fits), (".fits.gz", TableFormat.Fits),
    ];

    /// <summary>The format for the ending of a file name.</summary>
    /// <param name="option">The option that the error message names.</param>
    /// <exception cref="TableException">The ending is unknown.</exception>
    public static TableFormat FormatOf(string path, string option)
    {
        foreach (var (ending, format) in Endings)
            if (path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) return format;
        throw TableErrors.UnknownFormat(option, path, Endings.Select(known => known.Ending));
    }

    public static void Write(string path, DataTable table, TableFormat format)
    {
        if (format == TableFormat.Fits) FitsWriter.Write(path, writer => WriteFits(writer, table));
        else File.WriteAllBytes(path, Format(table, format));
    }

    public static byte[] Format(DataTable table, TableFormat format)
    {
        if (format == TableFormat.Json) return JsonTable.Format(table);
        if (format != TableFormat.Fits)
        {
            using var parts = new TableParts(format, table.RowCount);
            return [.. parts.Add(table), .. parts.End()];
        }

        using var stream = new MemoryStream();
        using (var writer = new FitsWriter(stream, gzip: false, leaveOpen: true)) WriteFits(writer, table);
        return stream.ToArray();
    }

    private static void WriteFits(FitsWriter writer, DataTable table)
    {
        var header = new FitsHeader();
        foreach (var (key, value) in table.Meta)
        {
            if (value is string text) header.Set(key, text);
            else if (value is bool flag) header.Set(key, flag);
            else if (value is long integer) header.Set(key, integer);
            else header.Set(key, (double)value);
        }

        writer.WriteEmptyPrimary();
        writer.WriteTable(table.Name.ToUpperInvariant(), [.. table.Columns.Select(Column)], header);
    }

    private static FitsTableColumn Column(TableColumn column) => column.Values switch
    {
        double[] numbers => FitsTableColumn.Doubles(column.Name, numbers, column.Unit),
        long[] integers => FitsTableColumn.Integers(column.Name, integers, column.Unit),
        bool[] flags => FitsTableColumn.Booleans(column.Name, flags),
        var texts => FitsTableColumn.Strings(column.Name, [.. ((string[])texts).Select(Ascii)]),
    };

    /// <summary>FITS has no text beyond printable ASCII.</summary>
    private static string Ascii(string text) => string.Concat(text.Select(c => c is >= ' ' and <= '~' ? c : '?'));
}
