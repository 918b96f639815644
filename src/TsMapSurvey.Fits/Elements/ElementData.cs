using System.Buffers;
using System.Runtime.InteropServices;

namespace TsMapSurvey.Fits;

/// <summary>Reads numbers of one stored type, in parts that fit into the processor's cache.</summary>
internal sealed class ElementData(ElementBytes bytes, FitsElementType type, FitsScaling scaling, long count, string what, FitsPlace place)
{
    private const int PartBytes = 1 << 17;

    private int Size { get; } = Math.Abs((int)type) / 8;

    public void ReadDoubles(long first, Span<double> destination)
    {
        EnsureInRange(first, destination.Length);
        if (type == FitsElementType.Double && scaling.IsIdentity)
        {
            ReadStored(first, MemoryMarshal.AsBytes(destination));
            return;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(PartBytes);
        try
        {
            for (int done = 0, part; done < destination.Length; done += part)
            {
                part = Math.Min(PartBytes / Size, destination.Length - done);
                var stored = buffer.AsSpan(0, part * Size);
                ReadStored(first + done, stored);
                ElementConversion.ToDoubles(stored, type, scaling, destination.Slice(done, part));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public void ReadSingles(long first, Span<float> destination)
    {
        EnsureInRange(first, destination.Length);
        if (type == FitsElementType.Single && scaling.IsIdentity)
        {
            ReadStored(first, MemoryMarshal.AsBytes(destination));
            return;
        }

        var buffer = ArrayPool<double>.Shared.Rent(PartBytes / sizeof(double));
        try
        {
            for (int done = 0, part; done < destination.Length; done += part)
            {
                part = Math.Min(PartBytes / sizeof(double), destination.Length - done);
                ReadDoubles(first + done, buffer.AsSpan(0, part));
                ElementConversion.Narrow(buffer.AsSpan(0, part), destination.Slice(done, part));
            }
        }
        finally
        {
            ArrayPool<double>.Shared.Return(buffer);
        }
    }

    public void ReadIntegers(long first, Span<long> destination, long? blank)
    {
        EnsureInRange(first, destination.Length);
        var integers = new IntegerConversion(type, scaling, blank, what, place);
        var buffer = ArrayPool<byte>.Shared.Rent(PartBytes);
        try
        {
            for (int done = 0, part; done < destination.Length; done += part)
            {
                part = Math.Min(PartBytes / Size, destination.Length - done);
                var stored = buffer.AsSpan(0, part * Size);
                ReadStored(first + done, stored);
                integers.Convert(stored, first + done, destination.Slice(done, part));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Reads and swaps part by part, so that the bytes are still in the processor's cache when they are swapped.</summary>
    private void ReadStored(long first, Span<byte> destination)
    {
        for (var done = 0; done < destination.Length; done += PartBytes)
        {
            var part = destination.Slice(done, Math.Min(PartBytes, destination.Length - done));
            bytes.Read((first * Size) + done, part);
            BigEndian.Swap(part, Size);
        }
    }

    private void EnsureInRange(long first, int length)
    {
        if (first < 0 || first > count - length) throw FitsErrors.ElementOutOfRange(place, what, first, length, count);
    }
}
