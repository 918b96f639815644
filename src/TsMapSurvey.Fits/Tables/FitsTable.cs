namespace TsMapSurvey.Fits;

/// <summary>A binary table. Columns are read one at a time.</summary>
public sealed class FitsTable : FitsHdu
{
    private const int MaxColumns = 999;

    /// <summary>Rows without bytes cost nothing to announce; more of them than this are refused.</summary>
    private const int MaxEmptyRows = 1 << 16;

    private readonly FitsColumn[] _columns;

    internal FitsTable(HduUnit unit, HduLayout layout)
        : base(unit)
    {
        var (header, place) = (unit.Header, unit.Place);
        header.Require("BITPIX", 8, 8);
        header.Require("NAXIS", 2, 2);
        header.Bounded("GCOUNT", 1, 1);
        var (rowBytes, rows) = (layout.Axes[0], layout.Axes[1]);
        if (rowBytes == 0) header.Require("NAXIS2", 0, MaxEmptyRows);
        var mainBytes = rowBytes * rows;
        var heapStart = header.Bounded("THEAP", mainBytes, unit.DataBytes) ?? mainBytes;
        var layoutOfRows = new TableLayout(unit, rows, rowBytes, heapStart);

        _columns = new FitsColumn[header.Require("TFIELDS", 0, MaxColumns)];
        long offset = 0;
        for (var i = 0; i < _columns.Length; i++)
        {
            _columns[i] = FitsColumn.Read(layoutOfRows, i + 1, offset);
            offset += _columns[i].Format.CellBytes;
        }

        if (offset != rowBytes) throw FitsErrors.ColumnsNotRow(place, rowBytes, offset);
        RowCount = rows;
    }

    public long RowCount { get; }

    /// <summary>In the order of their TFORMs.</summary>
    public IReadOnlyList<FitsColumn> Columns => _columns;

    /// <summary>The first column of that TTYPE, whatever its case, or null.</summary>
    public FitsColumn? Find(string name) =>
        Array.Find(_columns, column => column.Name.Equals(name.TrimEnd(' '), StringComparison.OrdinalIgnoreCase));
}

/// <summary>How the rows and the heap of a table lie in its data unit.</summary>
internal sealed record TableLayout(HduUnit Unit, long Rows, long RowBytes, long HeapStart)
{
    public long HeapBytes => Unit.DataBytes - HeapStart;
}
