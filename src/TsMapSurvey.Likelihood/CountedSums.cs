using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TsMapSurvey.Likelihood.Lanes;

namespace TsMapSurvey.Likelihood;

/// <summary>Sums over the entries with counts.</summary>
public static class CountedSums
{
    /// <summary>S1 ... S4 at a norm, with one division for each entry.</summary>
    public static ReciprocalSums<T> Reciprocals<T>(in CashBlock<T> block, T norm)
        where T : struct, ILanes<T>
    {
        ref var n = ref MemoryMarshal.GetReference(block.Counts);
        ref var r = ref MemoryMarshal.GetReference(block.Ratio);
        var one = T.Of(1);
        var (first, second, third, fourth) = (T.Of(0), T.Of(0), T.Of(0), T.Of(0));
        for (var i = 0; i < block.Counts.Length; i++)
        {
            var ratio = T.Load(ref r, i * T.Count);
            var inverse = ratio / T.MultiplyAdd(norm, ratio, one);
            var term = T.Of(Unsafe.Add(ref n, i)) * inverse;
            first += term;
            term *= inverse;
            second += term;
            term *= inverse;
            third += term;
            fourth = T.MultiplyAdd(term, inverse, fourth);
        }

        return new ReciprocalSums<T>(first, second, third, fourth);
    }

    /// <summary>Σ n ln(1 + N r). A μ below <see cref="Cash.Truncation"/> is replaced by it.</summary>
    public static T Logarithms<T>(in CashBlock<T> block, T norm)
        where T : struct, ILanes<T>
    {
        var growths = new Growths<T>(block, norm);
        var powers = PowerProduct<T>.One;
        for (var k = block.Ends.Length - 1; k >= 0; k--)
        {
            var start = k == 0 ? 0 : block.Ends[k - 1];
            if (block.Ends[k] > start) powers.Multiply(growths.Product(start, block.Ends[k]));
            powers.Next();
        }

        var first = block.Ends.IsEmpty ? 0 : block.Ends[^1];
        var sum = powers.Logarithm;
        ref var n = ref MemoryMarshal.GetReference(block.Counts);
        for (var i = first; i < block.Counts.Length; i++) sum = T.MultiplyAdd(T.Of(Unsafe.Add(ref n, i)), Logarithm.Of(growths.At(i)), sum);
        return sum;
    }

    /// <summary>Σ n ln(1 + N r) of a shifted block, with S1 and S2. The divisions take the time; the logarithms cost nothing
    /// more.</summary>
    public static (T Logarithms, T First, T Second) Rise<T>(in CashBlock<T> block, T norm)
        where T : struct, ILanes<T>
    {
        ref var n = ref MemoryMarshal.GetReference(block.Counts);
        ref var r = ref MemoryMarshal.GetReference(block.Ratio);
        var (one, min) = (T.Of(1), T.Of(Cash.Truncation));
        var (logarithms, first, second, i) = (T.Of(0), T.Of(0), T.Of(0), 0);
        for (var k = 0; k < block.Ends.Length; k++)
        {
            if (block.Ends[k] == i) continue;
            var (runFirst, runSecond, product, exponent) = (T.Of(0), T.Of(0), one, T.Of(0));
            for (; i < block.Ends[k]; i++)
            {
                var ratio = T.Load(ref r, i * T.Count);
                var growth = T.Max(T.MultiplyAdd(norm, ratio, one), min);
                var inverse = ratio / growth;
                runFirst += inverse;
                runSecond = T.MultiplyAdd(inverse, inverse, runSecond);
                product *= growth;
                exponent += T.Exponent(product);
                product = T.Mantissa(product);
            }

            var weight = T.Of(k + 1);
            logarithms = T.MultiplyAdd(weight, T.MultiplyAdd(exponent, T.Of(double.Log(2)), Logarithm.Of(product)), logarithms);
            first = T.MultiplyAdd(weight, runFirst, first);
            second = T.MultiplyAdd(weight, runSecond, second);
        }

        for (; i < block.Counts.Length; i++)
        {
            var (counts, ratio) = (T.Of(Unsafe.Add(ref n, i)), T.Load(ref r, i * T.Count));
            var growth = T.MultiplyAdd(norm, ratio, one);
            var inverse = ratio / growth;
            first = T.MultiplyAdd(counts, inverse, first);
            second = T.MultiplyAdd(counts * inverse, inverse, second);
            logarithms = T.MultiplyAdd(counts, Logarithm.Of(T.Max(growth, min)), logarithms);
        }

        return (logarithms, first, second);
    }

    /// <summary>The largest r and the n of its entry (the first of equals); zeros without entries.</summary>
    public static (T Ratio, T Counts) Largest<T>(in CashBlock<T> block)
        where T : struct, ILanes<T>
    {
        ref var r = ref MemoryMarshal.GetReference(block.Ratio);
        var (largest, counts) = (T.Of(0), T.Of(0));
        for (var i = 0; i < block.Counts.Length; i++)
        {
            var ratio = T.Load(ref r, i * T.Count);
            var larger = T.Less(largest, ratio);
            counts = T.Select(larger, T.Of(block.Counts[i]), counts);
            largest = T.Select(larger, ratio, largest);
        }

        return (largest, counts);
    }

    /// <summary>The block for norms relative to N: its ratios are r / (1 + N r).</summary>
    /// <param name="buffer">Space for as many ratios as the block has.</param>
    public static ShiftedBlock<T> Shift<T>(scoped in CashBlock<T> block, T norm, Span<double> buffer)
        where T : struct, ILanes<T>
    {
        var shifted = buffer[..block.Ratio.Length];
        ref var n = ref MemoryMarshal.GetReference(block.Counts);
        ref var r = ref MemoryMarshal.GetReference(block.Ratio);
        ref var to = ref MemoryMarshal.GetReference(shifted);
        var one = T.Of(1);
        var (first, second, third, fourth, largest) = (T.Of(0), T.Of(0), T.Of(0), T.Of(0), T.Of(0));
        for (var i = 0; i < block.Counts.Length; i++)
        {
            var ratio = T.Load(ref r, i * T.Count);
            var inverse = ratio / T.MultiplyAdd(norm, ratio, one);
            T.Store(inverse, ref to, i * T.Count);
            largest = T.Max(largest, inverse);
            var term = T.Of(Unsafe.Add(ref n, i)) * inverse;
            first += term;
            term *= inverse;
            second += term;
            term *= inverse;
            third += term;
            fourth = T.MultiplyAdd(term, inverse, fourth);
        }

        var entries = new CashBlock<T>
        {
            Counts = block.Counts,
            Least = [],
            Ends = block.Ends,
            Ratio = shifted,
            Signal = block.Signal,
            TotalCounts = block.TotalCounts,
        };
        return new ShiftedBlock<T>(entries, new ReciprocalSums<T>(first, second, third, fourth), largest);
    }
}
