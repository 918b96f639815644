namespace TsMapSurvey.Fits;

/// <summary>Reads a heap in large windows, because its arrays usually follow one another.</summary>
internal sealed class HeapWindow(TableLayout table)
{
    private const int WindowBytes = 1 << 18;

    private byte[] _window = [];
    private byte[] _part = [];
    private long _start;
    private int _length;

    /// <summary>The bytes at an offset within the heap. The caller may overwrite them; they are valid until the next call.</summary>
    public Span<byte> Read(long offset, int count)
    {
        if (count == 0) return [];
        if (_part.Length < count) _part = new byte[(int)Math.Min(table.HeapBytes, Math.Max(count, 2L * _part.Length))];
        var part = _part.AsSpan(0, count);
        if (count >= WindowBytes)
        {
            table.Unit.ReadData(table.HeapStart + offset, part);
            return part;
        }

        if (offset < _start || offset + count > _start + _length) Load(offset);
        _window.AsSpan((int)(offset - _start), count).CopyTo(part);
        return part;
    }

    private void Load(long offset)
    {
        (_start, _length) = (offset, (int)Math.Min(WindowBytes, table.HeapBytes - offset));
        if (_window.Length < _length) _window = new byte[_length];
        table.Unit.ReadData(table.HeapStart + offset, _window.AsSpan(0, _length));
    }
}
