using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TsMapSurvey.Likelihood.Lanes;

namespace TsMapSurvey.Likelihood;

/// <summary>
/// Σ n ln(1 + N r) of a block at many norms. The growths of four entries of equal n are together 1 + e1 N + e2 N² + e3 N³ + e4 N⁴
/// (elementary symmetric polynomials of their r), whose terms are all positive for N > 0, and for N > -½ / max r lose two digits at most.
/// Other norms take the long way.
/// </summary>
public readonly ref struct CountedCurve<T>
    where T : struct, ILanes<T>
{
    private const int Entries = 4;

    /// <summary>The eighth power of the largest growth, and the fourth of the largest r, are numbers.</summary>
    private const double LargestGrowth = 1e37, MostRatio = 1e70;

    /// <summary>As many mantissas, each below two, as may be multiplied; a power of two.</summary>
    private const int MostMantissas = 512;

    private readonly ReadOnlySpan<double> _coefficients;
    private readonly ReadOnlySpan<int> _ends;
    private readonly T _lowest;
    private readonly T _highest;

    /// <param name="block">Knows its largest ratio.</param>
    /// <param name="room">For the coefficients of the entries, and of three more for each of the ends.</param>
    /// <param name="ends">As long as the block's.</param>
    public CountedCurve(in CashBlock<T> block, Span<double> room, Span<int> ends)
    {
        Block = block;
        _coefficients = room;
        _ends = ends;
        var largest = (block.Largest ?? CountedSums.Largest(block)).Ratio;
        LargestRatio = largest;
        var usable = T.LessOrEqual(largest, T.Of(MostRatio));
        _lowest = T.Select(usable, T.Of(-0.5) / largest, T.Of(double.NaN));
        _highest = T.Of(LargestGrowth) / largest;
        ref var r = ref MemoryMarshal.GetReference(block.Ratio);
        ref var to = ref MemoryMarshal.GetReference(room);
        var (start, quads) = (0, 0);
        for (var k = 0; k < ends.Length; k++)
        {
            var end = block.Ends[k];
            for (var i = start; i < end; i += Entries, quads++)
            {
                var a = T.Load(ref r, i * T.Count);
                var b = i + 1 < end ? T.Load(ref r, (i + 1) * T.Count) : T.Of(0);
                var c = i + 2 < end ? T.Load(ref r, (i + 2) * T.Count) : T.Of(0);
                var d = i + 3 < end ? T.Load(ref r, (i + 3) * T.Count) : T.Of(0);
                var (sum, product, otherSum, otherProduct) = (a + b, a * b, c + d, c * d);
                T.Store(sum + otherSum, ref to, Entries * quads * T.Count);
                T.Store(T.MultiplyAdd(sum, otherSum, product + otherProduct), ref to, (Entries * quads + 1) * T.Count);
                T.Store(T.MultiplyAdd(sum, otherProduct, otherSum * product), ref to, (Entries * quads + 2) * T.Count);
                T.Store(product * otherProduct, ref to, (Entries * quads + 3) * T.Count);
            }

            (ends[k], start) = (quads, end);
        }
    }

    /// <summary>Whose curve it is.</summary>
    public CashBlock<T> Block { get; }

    /// <summary>The largest r.</summary>
    public T LargestRatio { get; }

    /// <summary>Σ n ln(1 + N r). What a lane gets does not depend on the others.</summary>
    public T At(T norm)
    {
        var within = T.And(T.LessOrEqual(_lowest, norm), T.LessOrEqual(norm, _highest));
        if (!T.Any(within)) return CountedSums.Logarithms(Block, norm);
        var brief = ShortAt(norm);
        return T.Any(T.AndNot(T.LessOrEqual(T.Of(0), T.Of(0)), within))
            ? T.Select(within, brief, CountedSums.Logarithms(Block, norm)) : brief;
    }

    private T ShortAt(T norm)
    {
        var powers = PowerProduct<T>.One;
        for (var k = _ends.Length - 1; k >= 0; k--)
        {
            var start = k == 0 ? 0 : _ends[k - 1];
            if (_ends[k] > start) powers.Multiply(Product(start, _ends[k], norm));
            powers.Next();
        }

        var sum = powers.Logarithm;
        ref var n = ref MemoryMarshal.GetReference(Block.Counts);
        ref var r = ref MemoryMarshal.GetReference(Block.Ratio);
        for (var i = Block.Ends.IsEmpty ? 0 : Block.Ends[^1]; i < Block.Counts.Length; i++)
            sum = T.MultiplyAdd(T.Of(Unsafe.Add(ref n, i)), Logarithm.Of(T.MultiplyAdd(norm, T.Load(ref r, i * T.Count), T.Of(1))), sum);
        return sum;
    }

    private (T Mantissa, T Exponent) Product(int first, int end, T norm)
    {
        ref var e = ref MemoryMarshal.GetReference(_coefficients);
        var (product, exponent, i) = (T.Of(1), T.Of(0), first);
        for (; i < end - 1; i += 2)
        {
            var eight = Growth(ref e, i, norm) * Growth(ref e, i + 1, norm);
            exponent += T.Exponent(eight);
            product *= T.Mantissa(eight);
            if ((i - first & 2 * MostMantissas - 2) != 2 * MostMantissas - 2) continue;
            exponent += T.Exponent(product);
            product = T.Mantissa(product);
        }

        if (i < end)
        {
            var four = Growth(ref e, i, norm);
            exponent += T.Exponent(four);
            product *= T.Mantissa(four);
        }

        return (T.Mantissa(product), exponent + T.Exponent(product));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Growth(ref double coefficients, int quad, T norm)
    {
        var at = Entries * quad * T.Count;
        var growth = T.MultiplyAdd(T.Load(ref coefficients, at + 3 * T.Count), norm, T.Load(ref coefficients, at + 2 * T.Count));
        growth = T.MultiplyAdd(growth, norm, T.Load(ref coefficients, at + T.Count));
        return T.MultiplyAdd(T.MultiplyAdd(growth, norm, T.Load(ref coefficients, at)), norm, T.Of(1));
    }
}
