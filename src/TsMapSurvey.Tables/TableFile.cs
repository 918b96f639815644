using TsMapSurvey.Fits;

namespace TsMapSurvey.Tables;

/// <summary>Tables as files.</summary>
public static class TableFile
{
    private static readonly (string Ending, TableFormat Format)[] Endings =
    [
        (".ecsv", TableFormat.Ecsv), (".csv", TableFormat.Csv), (".vot", TableFormat.VoTable), (".votable", TableFormat.VoTable),
        (".xml", TableFormat.VoTable), (".json", TableFormat.Json),
        (".fits", TableFormat.Fits), (".fits.gz", TableFormat.Fits),
    ];

    /// <summary>By the end of the file's name.</summary>
    /// <param name="option">Named in the error.</param>
    /// <exception cref="TableException">It is none of them.</exception>
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

    /// <summary>The file's bytes.</summary>
    public static byte[] Format(DataTable table, TableFormat format)
    {
        if (format != TableFormat.Fits)
            return format switch
            {
                TableFormat.Ecsv => EcsvTable.Format(table),
                TableFormat.Csv => CsvTable.Format(table),
                TableFormat.VoTable => VoTable.Format(table),
                _ => JsonTable.Format(table),
            };
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
            else if (value is bool truth) header.Set(key, truth);
            else if (value is long whole) header.Set(key, whole);
            else header.Set(key, (double)value);
        }

        writer.WriteEmptyPrimary();
        writer.WriteTable(table.Name.ToUpperInvariant(), [.. table.Columns.Select(Column)], header);
    }

    private static FitsTableColumn Column(TableColumn column) => column.Values switch
    {
        double[] numbers => FitsTableColumn.Doubles(column.Name, numbers, column.Unit),
        long[] whole => FitsTableColumn.Integers(column.Name, whole, column.Unit),
        bool[] truths => FitsTableColumn.Booleans(column.Name, truths),
        var texts => FitsTableColumn.Strings(column.Name, (string[])texts),
    };
}
