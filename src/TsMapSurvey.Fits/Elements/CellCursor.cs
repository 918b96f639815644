namespace TsMapSurvey.Fits;

/// <summary>Gives the cells of a column row by row and reads the file in batches of rows.</summary>
internal sealed class CellCursor(ElementBytes cells, int cellBytes, long rows)
{
    private const int BatchBytes = 1 << 16;

    private byte[] _batch = [];
    private long _firstRow;
    private long _endRow;

    /// <summary>The bytes of a row's cell. They are valid until the next call.</summary>
    public ReadOnlySpan<byte> Row(long row)
    {
        if (cellBytes == 0) return [];
        if (row < _firstRow || row >= _endRow) Load(row);
        return _batch.AsSpan((int)(row - _firstRow) * cellBytes, cellBytes);
    }

    private void Load(long row)
    {
        var count = (int)Math.Min(Math.Max(1, BatchBytes / cellBytes), rows - row);
        if (_batch.Length < count * cellBytes) _batch = new byte[count * cellBytes];
        cells.Read(row * cellBytes, _batch.AsSpan(0, count * cellBytes));
        (_firstRow, _endRow) = (row, row + count);
    }
}
