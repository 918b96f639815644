using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TsMapSurvey.Likelihood.Lanes;

namespace TsMapSurvey.Likelihood;

/// <summary>
/// Σ n ln(1 + N r) of a block at many norms. The product of 1 + N r over four entries of equal n is 1 + e1 N + e2 N² + e3 N³ + e4 N⁴, with
/// the elementary symmetric polynomials of their r as coefficients. All terms are positive for N > 0, and at most two digits are lost for
/// N > -½ / max r. Other norms are computed entry by entry.
/// </summary>
public readonly ref struct CountedCurve<T>
    where T : struct, ILanes<T>
{
    private const int Entries = 4;

    /// <summary>Limits that prevent overflow of the eighth power of 1 + N r, and of the fourth power of r.</summary>
    private const double MaxGrowth = 1e37, MaxRatio = 1e70;

    /// <summary>Number of mantissas, each below two, whose product cannot overflow; a power of two.</summary>
    private const int MaxMantissas = 512;

    private readonly ReadOnlySpan<double> _coefficients;
    private readonly ReadOnlySpan<int> _ends;
    private readonly T _lowest;
    private readonly T _highest;

    /// <param name="block">The block; <see cref="CashBlock{T}.Largest"/> is computed if it is null.</param>
    /// <param name="buffer">Space for one coefficient per entry and lane, with three more entries for each of the ends.</param>
    /// <param name="ends">Space for as many ends as the block has.</param>
    public CountedCurve(in CashBlock<T> block, Span<double> buffer, Span<int> ends)
    {
        Block = block;
        _coefficients = buffer;
        _ends = ends;
        var largest = (block.Largest ?? CountedSums.Largest(block)).Ratio;
        LargestRatio = largest;
        var usable = T.LessOrEqual(largest, T.Of(MaxRatio));
        _lowest = T.Select(usable, T.Of(-0.5) / largest, T.Of(double.NaN));
        _highest = T.Of(MaxGrowth) / largest;
        ref var r = ref MemoryMarshal.GetReference(block.Ratio);
        ref var to = ref MemoryMarshal.GetReference(buffer);
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

    public CashBlock<T> Block { get; }

    public T LargestRatio { get; }

    /// <summary>Σ n ln(1 + N r). The result of a lane does not depend on the other lanes.</summary>
    public T At(T norm)
    {
        var within = T.And(T.LessOrEqual(_lowest, norm), T.LessOrEqual(norm, _highest));
        if (!T.Any(within)) return CountedSums.Logarithms(Block, norm);
        var fast = FastAt(norm);
        return T.Any(T.AndNot(T.LessOrEqual(T.Of(0), T.Of(0)), within))
            ? T.Select(within, fast, CountedSums.Logarithms(Block, norm)) : fast;
    }

    private T FastAt(T norm)
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
            if ((i - first & 2 * MaxMantissas - 2) != 2 * MaxMantissas - 2) continue;
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
