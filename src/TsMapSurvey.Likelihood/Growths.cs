using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TsMapSurvey.Likelihood.Lanes;

namespace TsMapSurvey.Likelihood;

/// <summary>g = 1 + N r of each entry with counts at a norm, with the truncation of μ as lower limit.</summary>
internal readonly ref struct Growths<T>
    where T : struct, ILanes<T>
{
    /// <summary>The product of eight factors up to this does not overflow. Nor does that of eight minima, 1e-25 / b, underflow.</summary>
    private const double MaxFactor = 1e37;

    /// <summary>Number of mantissas, each below two, whose product cannot overflow; a power of two.</summary>
    private const int MaxEights = 512;

    private readonly ref double _ratio;
    private readonly ref readonly double _minimum;
    private readonly int _minimumStep;
    private readonly T _norm;
    private readonly bool _hasNegativeNorm;
    private readonly bool _cannotOverflow;

    public Growths(in CashBlock<T> block, T norm)
    {
        _ratio = ref MemoryMarshal.GetReference(block.Ratio);
        (_minimumStep, _norm) = (block.Least.IsEmpty ? 0 : 1, norm);
        _minimum = ref block.Least.IsEmpty ? ref MemoryMarshal.GetReference(Truncation) : ref MemoryMarshal.GetReference(block.Least);
        _hasNegativeNorm = T.Any(T.Less(norm, T.Of(0)));
        _cannotOverflow = block.Largest is { } largest && !T.Any(T.Less(T.Of(MaxFactor), T.Abs(norm) * largest.Ratio));
    }

    private static ReadOnlySpan<double> Truncation => [Cash.Truncation];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T At(int i)
    {
        var growth = T.MultiplyAdd(_norm, T.Load(ref _ratio, i * T.Count), T.Of(1));
        return _hasNegativeNorm ? T.Max(growth, T.Of(Unsafe.Add(ref Unsafe.AsRef(in _minimum), i * _minimumStep))) : growth;
    }

    /// <summary>
    /// Π g of consecutive entries, as a mantissa from 1 to 2 and a binary exponent, which cannot overflow. The rounding error of k factors
    /// is k times that of one, as for a sum of logarithms. The order of the multiplications, and so the result of a lane, does not depend
    /// on the other lanes.
    /// </summary>
    public (T Mantissa, T Exponent) Product(int first, int end)
    {
        var (product, exponent) = (T.Of(1), T.Of(0));
        var (i, eights) = (first, 0);
        for (; i < end - 7; i += 8)
        {
            var eight = _cannotOverflow
                ? At(i) * At(i + 1) * (At(i + 2) * At(i + 3)) * (At(i + 4) * At(i + 5) * (At(i + 6) * At(i + 7)))
                : LargeEight(i, ref exponent);
            product *= Mantissa(eight, ref exponent);
            if ((++eights & MaxEights - 1) == 0) product = Mantissa(product, ref exponent);
        }

        product = Mantissa(product, ref exponent);
        for (; i < end - 1; i += 2) product *= Pair(i, ref exponent);
        if (i < end) product *= Mantissa(At(i), ref exponent);
        return (Mantissa(product, ref exponent), exponent);
    }

    /// <summary>The product of eight, with exponents split off after each pair.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private T LargeEight(int i, ref T exponent) =>
        Pair(i, ref exponent) * Pair(i + 2, ref exponent) * (Pair(i + 4, ref exponent) * Pair(i + 6, ref exponent));

    /// <summary>The product of two. It stays below 2^1022 because g is below 1e150 for every meaningful norm.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T Pair(int i, ref T exponent) => Mantissa(At(i) * At(i + 1), ref exponent);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Mantissa(T value, ref T exponent)
    {
        exponent += T.Exponent(value);
        return T.Mantissa(value);
    }
}
