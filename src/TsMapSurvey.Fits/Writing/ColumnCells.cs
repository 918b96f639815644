using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TsMapSurvey.Fits;

internal abstract class ColumnCells
{
    public abstract int Rows { get; }

    public virtual long HeapBytes => 0;

    public abstract string Format(bool wideDescriptors);

    public abstract long CellBytes(bool wideDescriptors);

    /// <summary>Encodes the cells of consecutive rows, one cell every <paramref name="stride"/> bytes.</summary>
    public abstract void Encode(int firstRow, int count, Span<byte> destination, int stride, long heapStart, bool wideDescriptors);

    public virtual void EncodeHeap(BlockSink sink)
    {
    }
}

/// <summary>
/// Cells with the same number of elements in each row. <paramref name="unitsPerRow"/> counts values of type T; TFORM counts bits for X.
/// </summary>
internal sealed class FixedCells<T>(T[] data, int unitsPerRow, int rows, string format) : ColumnCells
    where T : unmanaged
{
    public override int Rows => rows;

    public override string Format(bool wideDescriptors) => format;

    public override long CellBytes(bool wideDescriptors) => (long)unitsPerRow * Unsafe.SizeOf<T>();

    public override void Encode(int firstRow, int count, Span<byte> destination, int stride, long heapStart, bool wideDescriptors)
    {
        for (var row = 0; row < count; row++)
        {
            var cell = MemoryMarshal.AsBytes(data.AsSpan((firstRow + row) * unitsPerRow, unitsPerRow));
            cell.CopyTo(destination[(row * stride)..]);
            BigEndian.Swap(destination.Slice(row * stride, cell.Length), Unsafe.SizeOf<T>());
        }
    }
}
