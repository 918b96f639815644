using System.Numerics;
using System.Runtime.InteropServices;

namespace TsMapSurvey.Fits;

internal readonly ref struct PhysicalImage(ReadOnlySpan<double> values, FitsElementType type, FitsScaling scaling, FitsPlace place)
    : IHduData
{
    private readonly ReadOnlySpan<double> _values = values;

    public void Encode(BlockSink sink)
    {
        var size = Math.Abs((int)type) / 8;
        for (var done = 0; done < _values.Length;)
        {
            var count = Math.Min(_values.Length - done, sink.Free.Length / size);
            var part = sink.Free[..(count * size)];
            Encode(done, part);
            sink.Advance(part.Length);
            done += count;
        }
    }

    /// <summary>Encodes elements from index <paramref name="first"/> until <paramref name="part"/> is full.</summary>
    public void Encode(int first, Span<byte> part)
    {
        Store(first, part);
        BigEndian.Swap(part, Math.Abs((int)type) / 8);
    }

    private void Store(int first, Span<byte> part)
    {
        switch (type)
        {
            case FitsElementType.Byte: Integers(first, part, byte.MinValue, byte.MaxValue); break;
            case FitsElementType.Int16: Integers(first, MemoryMarshal.Cast<byte, short>(part), short.MinValue, short.MaxValue); break;
            case FitsElementType.Int32: Integers(first, MemoryMarshal.Cast<byte, int>(part), int.MinValue, int.MaxValue); break;
            case FitsElementType.Int64: Integers(first, MemoryMarshal.Cast<byte, long>(part), long.MinValue, long.MaxValue); break;
            case FitsElementType.Single: Reals(first, MemoryMarshal.Cast<byte, float>(part)); break;
            default: Reals(first, MemoryMarshal.Cast<byte, double>(part)); break;
        }
    }

    private void Reals<T>(int first, Span<T> stored)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var i = 0; i < stored.Length; i++)
        {
            var value = _values[first + i];
            stored[i] = T.CreateTruncating(scaling.IsIdentity ? value : (value - scaling.Zero) / scaling.Scale);
        }
    }

    private void Integers<T>(int first, Span<T> stored, long min, long max)
        where T : unmanaged, IBinaryInteger<T>
    {
        for (var i = 0; i < stored.Length; i++) stored[i] = T.CreateTruncating(Integer(first + i, min, max));
    }

    private long Integer(int index, long min, long max)
    {
        var value = _values[index];
        if (double.IsNaN(value))
            return scaling.Blank ?? throw FitsErrors.ValueOutOfRange(place, "image", index, value, "a number, because no BLANK is given");
        var stored = scaling.IsIdentity ? value : Math.Round((value - scaling.Zero) / scaling.Scale);
        // 2^63 is a double but not a long, so its upper bound is exclusive.
        var fits = stored >= min && (max == long.MaxValue ? stored < FitsScaling.TwoTo63 : stored <= max);
        if (!fits || stored != Math.Truncate(stored))
            throw FitsErrors.ValueOutOfRange(place, "image", index, value, $"an integer of {type} after scaling");
        return (long)stored == scaling.Blank
            ? throw FitsErrors.ValueOutOfRange(place, "image", index, value, "a value that is not stored as BLANK") : (long)stored;
    }
}
