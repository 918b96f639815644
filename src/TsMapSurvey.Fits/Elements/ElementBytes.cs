using System.Buffers;
using System.Runtime.InteropServices;

namespace TsMapSurvey.Fits;

/// <summary>The stored bytes of an image or a column as one sequence, independent of how the file holds them.</summary>
internal abstract class ElementBytes
{
    public abstract void Read(long offset, Span<byte> destination);
}

/// <summary>The bytes of an image: the whole data unit.</summary>
internal sealed class ContiguousBytes(HduUnit unit) : ElementBytes
{
    public override void Read(long offset, Span<byte> destination) => unit.ReadData(offset, destination);
}

/// <summary>The bytes of a column: its cell of each row, row after row.</summary>
internal sealed class CellBytes(HduUnit unit, long rowBytes, long cellOffset, long cellBytes) : ElementBytes
{
    private const int BatchBytes = 1 << 18;

    public override void Read(long offset, Span<byte> destination)
    {
        if (cellBytes == rowBytes)
        {
            unit.ReadData(offset, destination);
            return;
        }

        while (destination.Length > 0)
        {
            var (row, within) = Math.DivRem(offset, cellBytes);
            var done = within > 0 || rowBytes > BatchBytes / 4 || destination.Length < cellBytes
                ? ReadCell(row, within, destination)
                : ReadRows(row, destination);
            offset += done;
            destination = destination[done..];
        }
    }

    private int ReadCell(long row, long within, Span<byte> destination)
    {
        var count = (int)Math.Min(destination.Length, cellBytes - within);
        unit.ReadData((row * rowBytes) + cellOffset + within, destination[..count]);
        return count;
    }

    /// <summary>Reads whole rows, which is cheaper than many small ranges.</summary>
    private int ReadRows(long firstRow, Span<byte> destination)
    {
        var rows = (int)Math.Min(BatchBytes / rowBytes, destination.Length / cellBytes);
        var (row, cell) = ((int)rowBytes, (int)cellBytes);
        var buffer = ArrayPool<byte>.Shared.Rent(rows * row);
        try
        {
            // From the start of the first cell to the end of the last: nothing outside the column's cells is requested.
            var span = buffer.AsSpan(0, ((rows - 1) * row) + cell);
            unit.ReadData((firstRow * rowBytes) + cellOffset, span);
            Gather(span, row, cell, destination[..(rows * cell)]);
            return rows * cell;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void Gather(ReadOnlySpan<byte> rows, int row, int cell, Span<byte> cells)
    {
        switch (cell)
        {
            case 4: Gather(rows, row, MemoryMarshal.Cast<byte, uint>(cells)); break;
            case 8: Gather(rows, row, MemoryMarshal.Cast<byte, ulong>(cells)); break;
            default:
                for (var i = 0; cells.Length > 0; i += row, cells = cells[cell..]) rows.Slice(i, cell).CopyTo(cells);
                break;
        }
    }

    /// <summary>Copies cells of one number as numbers: a call of memmove for each costs more than reading it.</summary>
    private static void Gather<T>(ReadOnlySpan<byte> rows, int row, Span<T> cells)
        where T : unmanaged
    {
        for (var i = 0; i < cells.Length; i++) cells[i] = MemoryMarshal.Read<T>(rows[(i * row)..]);
    }
}
