namespace TsMapSurvey.Fits;

/// <summary>A binary table. Each column is read separately.</summary>
public sealed class FitsTable : FitsHdu
{
    private const int MaxColumns = 999;

    /// <summary>Limit for rows of zero bytes, of which a small file can announce any number.</summary>
    private const int MaxEmptyRows = 1 << 16;

    private readonly FitsColumn[] _columns;

    internal FitsTable(HduUnit unit, HduLayout layout)
        : base(unit)
    {
        var (header, place) = (unit.Header, unit.Place);
        header.Require("BITPIX", 8, 8);
        header.Require("NAXIS", 2, 2);
        header.GetBounded("GCOUNT", 1, 1);
        var (rowBytes, rows) = (layout.Axes[0], layout.Axes[1]);
        if (rowBytes == 0) header.Require("NAXIS2", 0, MaxEmptyRows);
        var mainBytes = rowBytes * rows;
        var heapStart = header.GetBounded("THEAP", mainBytes, unit.DataBytes) ?? mainBytes;
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

    /// <summary>All columns in file order.</summary>
    public IReadOnlyList<FitsColumn> Columns => _columns;

    /// <summary>The first column with this TTYPE (case-insensitive), or null.</summary>
    public FitsColumn? Find(string name) =>
        Array.Find(_columns, column => column.Name.Equals(name.TrimEnd(' '), StringComparison.OrdinalIgnoreCase));
}

/// <summary>The position of a table's rows and heap in its data unit.</summary>
internal sealed record TableLayout(HduUnit Unit, long Rows, long RowBytes, long HeapStart)
{
    public long HeapBytes => Unit.DataBytes - HeapStart;
}
