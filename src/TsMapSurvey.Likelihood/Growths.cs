using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TsMapSurvey.Likelihood.Lanes;

namespace TsMapSurvey.Likelihood;

/// <summary>g = 1 + N r of each counted entry of a block at a norm, at least what the truncation of μ leaves of it.</summary>
internal readonly ref struct Growths<T>
    where T : struct, ILanes<T>
{
    /// <summary>Eight factors below this, and their product, are numbers; as are eight of the least growths, 1e-25 / b.</summary>
    private const double LargestFactor = 1e37;

    /// <summary>As many mantissas of eight factors, each below two, as may be multiplied; a power of two.</summary>
    private const int MostEights = 512;

    private readonly ref double _ratio;
    private readonly ref readonly double _least;
    private readonly int _leastStep;
    private readonly T _norm;
    private readonly bool _canFall;
    private readonly bool _areModest;

    public Growths(in CashBlock<T> block, T norm)
    {
        _ratio = ref MemoryMarshal.GetReference(block.Ratio);
        (_leastStep, _norm) = (block.Least.IsEmpty ? 0 : 1, norm);
        _least = ref block.Least.IsEmpty ? ref MemoryMarshal.GetReference(Truncation) : ref MemoryMarshal.GetReference(block.Least);
        _canFall = T.Any(T.Less(norm, T.Of(0)));
        _areModest = block.Largest is { } largest && !T.Any(T.Less(T.Of(LargestFactor), T.Abs(norm) * largest.Ratio));
    }

    private static ReadOnlySpan<double> Truncation => [Cash.Truncation];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T At(int i)
    {
        var growth = T.MultiplyAdd(_norm, T.Load(ref _ratio, i * T.Count), T.Of(1));
        return _canFall ? T.Max(growth, T.Of(Unsafe.Add(ref Unsafe.AsRef(in _least), i * _leastStep))) : growth;
    }

    /// <summary>
    /// Π g of a run of entries, as a mantissa from 1 to 2 and a binary exponent, so that it cannot overflow: the rounding of k
    /// factors is k times that of one, as it is for a sum of logarithms. The order of the products, and so every bit of a lane, does not
    /// depend on the other lanes.
    /// </summary>
    public (T Mantissa, T Exponent) Product(int first, int end)
    {
        var (product, exponent) = (T.Of(1), T.Of(0));
        var (i, eights) = (first, 0);
        for (; i < end - 7; i += 8)
        {
            var eight = _areModest
                ? At(i) * At(i + 1) * (At(i + 2) * At(i + 3)) * (At(i + 4) * At(i + 5) * (At(i + 6) * At(i + 7)))
                : LargeEight(i, ref exponent);
            product *= Mantissa(eight, ref exponent);
            if ((++eights & MostEights - 1) == 0) product = Mantissa(product, ref exponent);
        }

        product = Mantissa(product, ref exponent);
        for (; i < end - 1; i += 2) product *= Pair(i, ref exponent);
        if (i < end) product *= Mantissa(At(i), ref exponent);
        return (Mantissa(product, ref exponent), exponent);
    }

    /// <summary>The same product, but for its exponents.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private T LargeEight(int i, ref T exponent) =>
        Pair(i, ref exponent) * Pair(i + 2, ref exponent) * (Pair(i + 4, ref exponent) * Pair(i + 6, ref exponent));

    /// <summary>The product of two, which stays below 2^1022: g is below 1e150 for every norm that says anything.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T Pair(int i, ref T exponent) => Mantissa(At(i) * At(i + 1), ref exponent);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Mantissa(T value, ref T exponent)
    {
        exponent += T.Exponent(value);
        return T.Mantissa(value);
    }
}
