using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TsMapSurvey.Fits;

/// <summary>Converts elements in the machine's byte order to physical values, with one loop for each stored type.</summary>
internal static class ElementConversion
{
    public static void ToDoubles(ReadOnlySpan<byte> stored, FitsElementType type, in FitsScaling scaling, Span<double> physical)
    {
        switch (type)
        {
            case FitsElementType.Byte: FromIntegers(stored, scaling, physical); break;
            case FitsElementType.Int16: FromIntegers(MemoryMarshal.Cast<byte, short>(stored), scaling, physical); break;
            case FitsElementType.Int32: FromIntegers(MemoryMarshal.Cast<byte, int>(stored), scaling, physical); break;
            case FitsElementType.Int64
                when scaling.IsUnsigned64:
                FromUnsigned64(MemoryMarshal.Cast<byte, long>(stored), scaling.Blank, physical); break;
            case FitsElementType.Int64: FromIntegers(MemoryMarshal.Cast<byte, long>(stored), scaling, physical); break;
            case FitsElementType.Single:
                Widen(MemoryMarshal.Cast<byte, float>(stored), physical);
                Scale(scaling, physical);
                break;
            default:
                MemoryMarshal.Cast<byte, double>(stored).CopyTo(physical);
                Scale(scaling, physical);
                break;
        }
    }

    public static void Narrow(ReadOnlySpan<double> values, Span<float> singles)
    {
        for (var i = 0; i < values.Length; i++) singles[i] = (float)values[i];
    }

    private static void FromIntegers<T>(ReadOnlySpan<T> stored, in FitsScaling scaling, Span<double> physical)
        where T : unmanaged, IBinaryInteger<T>
    {
        var (scale, zero) = (scaling.Scale, scaling.Zero);
        physical = physical[..stored.Length];
        if (scaling.IsIdentity)
            for (var i = 0; i < stored.Length; i++) physical[i] = double.CreateTruncating(stored[i]);
        else
            for (var i = 0; i < stored.Length; i++) physical[i] = (double.CreateTruncating(stored[i]) * scale) + zero;
        if (scaling.Blank is not { } blank) return;
        for (var i = 0; i < stored.Length; i++)
            if (long.CreateTruncating(stored[i]) == blank) physical[i] = double.NaN;
    }

    private static void FromUnsigned64(ReadOnlySpan<long> stored, long? blank, Span<double> physical)
    {
        for (var i = 0; i < stored.Length; i++)
            physical[i] = stored[i] == blank ? double.NaN : (ulong)(stored[i] ^ long.MinValue);
    }

    private static void Widen(ReadOnlySpan<float> singles, Span<double> doubles)
    {
        var i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; i <= singles.Length - Vector256<float>.Count; i += Vector256<float>.Count)
            {
                var (low, high) = Vector256.Widen(Vector256.Create(singles[i..]));
                low.CopyTo(doubles[i..]);
                high.CopyTo(doubles[(i + Vector256<double>.Count)..]);
            }
        }

        for (; i < singles.Length; i++) doubles[i] = singles[i];
    }

    /// <summary>Skipped for the identity: -0.0 + 0.0 would lose its sign.</summary>
    private static void Scale(in FitsScaling scaling, Span<double> values)
    {
        if (scaling.IsIdentity) return;
        var (scale, zero) = (scaling.Scale, scaling.Zero);
        for (var i = 0; i < values.Length; i++) values[i] = (values[i] * scale) + zero;
    }
}
