namespace TsMapSurvey.Fits;

/// <summary>The data unit of a table: the rows, then the heap with the arrays of each column, row after row.</summary>
internal sealed class TableData : IHduData
{
    private readonly ColumnCells[] _columns;
    private readonly long[] _heapStarts;
    private readonly int _rows;

    public TableData(IReadOnlyList<FitsTableColumn> columns, int rows)
    {
        _columns = [.. columns.Select(column => column.Cells)];
        _rows = rows;
        _heapStarts = new long[_columns.Length];
        for (var i = 0; i < _columns.Length; i++)
        {
            _heapStarts[i] = HeapBytes;
            HeapBytes += _columns[i].HeapBytes;
        }

        WideDescriptors = HeapBytes > int.MaxValue;
        RowBytes = _columns.Sum(column => column.CellBytes(WideDescriptors));
    }

    public long RowBytes { get; }

    public long HeapBytes { get; }

    public bool WideDescriptors { get; }

    public void Encode(BlockSink sink)
    {
        if (RowBytes > 0)
        {
            var batchRows = (int)Math.Clamp((1 << 17) / RowBytes, 1, Math.Max(1, _rows));
            var batch = new byte[batchRows * RowBytes];
            for (var row = 0; row < _rows; row += batchRows) sink.Add(Rows(row, Math.Min(batchRows, _rows - row), batch));
        }

        foreach (var column in _columns) column.EncodeHeap(sink);
    }

    private ReadOnlySpan<byte> Rows(int first, int count, byte[] batch)
    {
        var offset = 0;
        for (var i = 0; i < _columns.Length; i++)
        {
            _columns[i].Encode(first, count, batch.AsSpan(offset), (int)RowBytes, _heapStarts[i], WideDescriptors);
            offset += (int)_columns[i].CellBytes(WideDescriptors);
        }

        return batch.AsSpan(0, count * (int)RowBytes);
    }
}
