namespace TsMapSurvey.Fits;

public sealed partial class FitsWriter
{
    /// <summary>Writes a binary table. Descriptors of variable-length arrays are 64-bit (Q) if the heap is too large for 32 bits.</summary>
    /// <exception cref="FitsException">Columns have different lengths or the same name, or a text cannot be expressed in FITS. Nothing of
    /// this HDU has been written.</exception>
    public void WriteTable(string extName, IReadOnlyList<FitsTableColumn> columns, FitsHeader? extra = null)
    {
        if (columns.Count > 999) throw Refused("columns", columns.Count, "at most 999");
        var rows = columns.Count == 0 ? 0 : columns[0].RowCount;
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var column in columns)
        {
            if (column.RowCount != rows)
                throw Refused($"column '{column.Name}'", $"{column.RowCount} rows", $"{rows}, as in column '{columns[0].Name}'");
            if (!names.Add(column.Name))
                throw Refused($"column '{column.Name}'", "a second column of that name", "unique names (case-insensitive)");
        }

        var data = new TableData(columns, rows);
        if (data.RowBytes > int.MaxValue) throw Refused("row", $"{data.RowBytes} bytes", $"at most {int.MaxValue}");
        var header = BeginHdu(mayBePrimary: false, "BINTABLE").Set("BITPIX", 8).Set("NAXIS", 2).Set("NAXIS1", data.RowBytes)
            .Set("NAXIS2", rows)
            .Set("PCOUNT", data.HeapBytes).Set("GCOUNT", 1).Set("TFIELDS", columns.Count);
        if (extName.Length > 0) header.Set("EXTNAME", extName);
        for (var i = 0; i < columns.Count; i++) Describe(header, i + 1, columns[i], data.WideDescriptors);
        Emit(header, extra, keepBlank: false, data);
    }

    private static void Describe(FitsHeader header, int number, FitsTableColumn column, bool wide)
    {
        header.Set($"TTYPE{number}", column.Name).Set($"TFORM{number}", column.Cells.Format(wide));
        if (!string.IsNullOrEmpty(column.Unit)) header.Set($"TUNIT{number}", column.Unit);
        if (column.Dimensions is { } dimensions) header.Set($"TDIM{number}", $"({string.Join(',', dimensions)})");
        if (column.Scale != 1) SetReal(header, $"TSCAL{number}", column.Scale);
        if (column.Zero != 0) SetReal(header, $"TZERO{number}", column.Zero);
        if (column.Null is { } blank) header.Set($"TNULL{number}", blank);
        if (!string.IsNullOrEmpty(column.Display)) header.Set($"TDISP{number}", column.Display);
    }
}
