using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace TsMapSurvey.Fits;

public sealed partial class FitsColumn
{
    private delegate T CellReader<T>(Span<byte> cell, int elements);

    /// <summary>
    /// Arrays may share bytes of the heap. All arrays together may have at most this many times the heap's size, so that a small file
    /// cannot take much memory.
    /// </summary>
    private const int MaxSharing = 8;

    /// <summary>Reads one array for each row, with the values of <see cref="ReadDoubles()"/>; it may be empty.</summary>
    /// <exception cref="FitsException">The column does not hold variable-length numbers, or an array is not inside the heap.</exception>
    public double[][] ReadVariable()
    {
        EnsureVariable(IsReal, "a column of variable-length numbers");
        return ReadArrays(sizeof(double), Doubles);
    }

    /// <summary>Reads one array for each row, with the values of <see cref="ReadIntegers"/>.</summary>
    /// <inheritdoc cref="ReadVariable"/>
    public long[][] ReadVariableIntegers(long? blank = null)
    {
        EnsureVariable(IsReal && Stored != FitsElementType.None, "a column of variable-length numbers");
        var conversion = new IntegerConversion(Stored, Scaling, blank, What, Place);
        return ReadArrays(sizeof(long), (cell, elements) =>
        {
            var values = new long[elements];
            BigEndian.Swap(cell, Math.Abs((int)Stored) / 8);
            conversion.Convert(cell, 0, values);
            return values;
        });
    }

    /// <summary>Reads one array for each row, with the values of <see cref="ReadComplex"/>.</summary>
    /// <inheritdoc cref="ReadVariable"/>
    public Complex[][] ReadVariableComplex()
    {
        EnsureVariable(IsComplex, "a column of variable-length complex numbers");
        return ReadArrays(16, (cell, elements) =>
        {
            var values = new Complex[elements];
            var parts = MemoryMarshal.Cast<Complex, double>(values.AsSpan());
            BigEndian.Swap(cell, Math.Abs((int)Stored) / 8);
            ElementConversion.ToDoubles(cell, Stored, Scaling with { Zero = 0, Blank = null }, parts);
            for (var i = 0; i < parts.Length; i += 2) parts[i] += Scaling.Zero;
            return values;
        });
    }

    /// <summary>Reads the stored bytes of a row's array. Throws if there are more than the maximum, before memory is allocated.</summary>
    internal byte[] ReadStoredBytes(long row, long maxBytes)
    {
        Span<byte> descriptor = stackalloc byte[(int)Format.CellBytes];
        _cells.Read(row * descriptor.Length, descriptor);
        var (elements, offset) = Descriptor(descriptor);
        var length = EnsureInHeap(row, elements, offset);
        if (length > maxBytes) throw FitsErrors.TooLongArray(Place, What, row, length, maxBytes);
        var bytes = new byte[length];
        if (length > 0) _table.Unit.ReadData(_table.HeapStart + offset, bytes);
        return bytes;
    }

    private double[] Doubles(Span<byte> cell, int elements)
    {
        var values = new double[elements];
        if (Stored == FitsElementType.None)
        {
            DecodeFlags(cell, values);
            return values;
        }

        BigEndian.Swap(cell, Math.Abs((int)Stored) / 8);
        ElementConversion.ToDoubles(cell, Stored, Scaling, values);
        return values;
    }

    private T[] ReadArrays<T>(int elementBytes, CellReader<T> read)
    {
        var arrays = new T[Length(RowCount, IntPtr.Size)];
        var heap = new HeapWindow(_table);
        var cells = Cells;
        long storedBytes = 0, decodedBytes = 0;
        for (var row = 0; row < arrays.Length; row++)
        {
            var (elements, offset) = Descriptor(cells.Row(row));
            var bytes = EnsureInHeap(row, elements, offset);
            storedBytes += bytes;
            decodedBytes += elements * elementBytes;
            if (storedBytes > MaxSharing * _table.HeapBytes)
                throw FitsErrors.AliasedHeap(Place, What, row, storedBytes, MaxSharing * _table.HeapBytes);
            Length(decodedBytes, 1);
            arrays[row] = read(heap.Read(offset, (int)bytes), (int)elements);
        }

        return arrays;
    }

    private static (long Elements, long Offset) Descriptor(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        8 => (BinaryPrimitives.ReadInt32BigEndian(bytes), BinaryPrimitives.ReadInt32BigEndian(bytes[4..])),
        16 => (BinaryPrimitives.ReadInt64BigEndian(bytes), BinaryPrimitives.ReadInt64BigEndian(bytes[8..])),
        _ => (0, 0),
    };

    /// <summary>Returns the size of an array in bytes. Throws if the array is not inside the heap.</summary>
    private long EnsureInHeap(long row, long elements, long offset)
    {
        var heap = _table.HeapBytes;
        // A byte holds at most 8 elements (bits). With this bound BytesFor cannot overflow.
        var bytes = elements >= 0 && elements <= heap * 8 ? ColumnFormat.BytesFor(Type, elements) : long.MaxValue;
        if (elements != 0 && (offset < 0 || bytes > heap || offset > heap - bytes || bytes > Array.MaxLength))
            throw FitsErrors.BadDescriptor(Place, What, row, $"{elements} elements at byte {offset}", heap);
        return bytes;
    }
}
