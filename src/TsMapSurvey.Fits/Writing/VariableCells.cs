using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TsMapSurvey.Fits;

/// <summary>Cells with an array of variable length in each row. A complex number is two values of type T.</summary>
internal sealed class VariableCells<T> : ColumnCells
    where T : unmanaged
{
    private readonly T[][] _rows;
    private readonly long[] _offsets;
    private readonly FitsColumnType _type;
    private readonly int _unitsPerElement;

    public VariableCells(T[][] rows, FitsColumnType type, int unitsPerElement = 1)
    {
        (_rows, _type, _unitsPerElement) = (rows, type, unitsPerElement);
        _offsets = new long[rows.Length + 1];
        for (var i = 0; i < rows.Length; i++) _offsets[i + 1] = _offsets[i] + ((long)rows[i].Length * Unsafe.SizeOf<T>());
    }

    public override int Rows => _rows.Length;

    public override long HeapBytes => _offsets[^1];

    public override string Format(bool wideDescriptors) =>
        $"1{(wideDescriptors ? 'Q' : 'P')}{(char)_type}({_rows.Select(row => row.Length / _unitsPerElement).DefaultIfEmpty().Max()})";

    public override long CellBytes(bool wideDescriptors) => wideDescriptors ? 16 : 8;

    public override void Encode(int firstRow, int count, Span<byte> destination, int stride, long heapStart, bool wideDescriptors)
    {
        for (var i = 0; i < count; i++)
        {
            var cell = destination[(i * stride)..];
            var (elements, offset) = (_rows[firstRow + i].Length / _unitsPerElement, heapStart + _offsets[firstRow + i]);
            if (wideDescriptors)
            {
                BinaryPrimitives.WriteInt64BigEndian(cell, elements);
                BinaryPrimitives.WriteInt64BigEndian(cell[8..], offset);
            }
            else
            {
                BinaryPrimitives.WriteInt32BigEndian(cell, elements);
                BinaryPrimitives.WriteInt32BigEndian(cell[4..], (int)offset);
            }
        }
    }

    public override void EncodeHeap(BlockSink sink)
    {
        var buffer = Array.Empty<byte>();
        foreach (var row in _rows)
        {
            var bytes = MemoryMarshal.AsBytes(row.AsSpan());
            if (buffer.Length < bytes.Length) buffer = new byte[bytes.Length];
            bytes.CopyTo(buffer);
            BigEndian.Swap(buffer.AsSpan(0, bytes.Length), Unsafe.SizeOf<T>());
            sink.Add(buffer.AsSpan(0, bytes.Length));
        }
    }
}
