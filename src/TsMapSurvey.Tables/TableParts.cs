namespace TsMapSurvey.Tables;

/// <summary>
/// Formats a table that is known only part by part, so that a long answer can be sent while it is made. All parts have the same columns
/// and metadata. Not thread-safe.
/// </summary>
/// <param name="format">Ecsv, Csv, VoTable or Parquet.</param>
/// <param name="rows">The number of rows of all parts together.</param>
public sealed class TableParts(TableFormat format, long rows) : IDisposable
{
    private ParquetParts? _parquet;
    private bool _hasHead;

    /// <summary>The formats that can be written in parts.</summary>
    public static IReadOnlyList<TableFormat> Formats { get; } =
        [TableFormat.Ecsv, TableFormat.Csv, TableFormat.VoTable, TableFormat.Parquet];

    /// <summary>The bytes of the next rows; the first call also gives what precedes the rows, and must be made even without rows.</summary>
    public byte[] Add(DataTable part)
    {
        if (format == TableFormat.Parquet) return (_parquet ??= new ParquetParts(part)).Add(part);
        byte[] head = _hasHead ? [] : format switch
        {
            TableFormat.Ecsv => EcsvTable.Head(part),
            TableFormat.Csv => CsvTable.Head(part),
            TableFormat.VoTable => VoTable.Head(part, rows),
            _ => throw TableErrors.NotInParts(format, Formats),
        };
        _hasHead = true;
        return [.. head, .. format switch
        {
            TableFormat.Ecsv => EcsvTable.Rows(part),
            TableFormat.Csv => CsvTable.Rows(part),
            _ => VoTable.Rows(part),
        }];
    }

    /// <summary>The bytes after the last rows.</summary>
    public byte[] End() => format switch
    {
        TableFormat.Parquet => _parquet?.End() ?? [],
        TableFormat.VoTable => VoTable.Tail(),
        _ => [],
    };

    public void Dispose() => _parquet?.Dispose();
}
