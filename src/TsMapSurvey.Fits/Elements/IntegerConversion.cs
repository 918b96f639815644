using System.Numerics;
using System.Runtime.InteropServices;

namespace TsMapSurvey.Fits;

/// <summary>
/// Converts stored elements to exact 64-bit integers. Stored integers with an integral Zero are never converted to double. Scaled integers
/// and floats must have an integral value.
/// </summary>
internal readonly struct IntegerConversion(FitsElementType type, FitsScaling scaling, long? blank, string what, FitsPlace place)
{
    /// <summary>Up to this value a double represents an integral Zero exactly.</summary>
    private const double ExactDoubles = 1L << 53;

    public void Convert(ReadOnlySpan<byte> stored, long first, Span<long> integers)
    {
        if (!IsExact)
        {
            FromReals(stored, first, integers);
            return;
        }

        switch (type)
        {
            case FitsElementType.Byte: FromIntegers(stored, first, integers); break;
            case FitsElementType.Int16: FromIntegers(MemoryMarshal.Cast<byte, short>(stored), first, integers); break;
            case FitsElementType.Int32: FromIntegers(MemoryMarshal.Cast<byte, int>(stored), first, integers); break;
            default: FromIntegers(MemoryMarshal.Cast<byte, long>(stored), first, integers); break;
        }
    }

    private bool IsExact => (int)type > 0 && scaling.Scale == 1
        && (scaling.IsUnsigned64 || (scaling.Zero == Math.Truncate(scaling.Zero) && Math.Abs(scaling.Zero) <= ExactDoubles));

    private void FromIntegers<T>(ReadOnlySpan<T> stored, long first, Span<long> integers)
        where T : unmanaged, IBinaryInteger<T>
    {
        var zero = scaling.IsUnsigned64 ? (Int128)1 << 63 : (Int128)scaling.Zero;
        for (var i = 0; i < stored.Length; i++)
        {
            var raw = long.CreateTruncating(stored[i]);
            if (raw == scaling.Blank)
            {
                integers[i] = blank ?? throw FitsErrors.ValueOutOfRange(place, what, first + i, "a blank value", "an integer");
                continue;
            }

            integers[i] = zero == 0 ? raw : Sum(raw, zero, first + i);
        }
    }

    private long Sum(long raw, Int128 zero, long index)
    {
        var sum = raw + zero;
        return sum >= long.MinValue && sum <= long.MaxValue
            ? (long)sum : throw FitsErrors.ValueOutOfRange(place, what, index, sum, "a signed 64-bit integer");
    }

    private void FromReals(ReadOnlySpan<byte> stored, long first, Span<long> integers)
    {
        var size = stored.Length / Math.Max(1, integers.Length);
        for (var i = 0; i < integers.Length; i++)
        {
            double value = 0;
            ElementConversion.ToDoubles(stored.Slice(i * size, size), type, scaling, new Span<double>(ref value));
            if (double.IsNaN(value) && blank is { } replacement) integers[i] = replacement;
            else if (value == Math.Truncate(value) && Math.Abs(value) < FitsScaling.TwoTo63) integers[i] = (long)value;
            else throw FitsErrors.ValueOutOfRange(place, what, first + i, value, "an integer");
        }
    }
}
