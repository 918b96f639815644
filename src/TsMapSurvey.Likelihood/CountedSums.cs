using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TsMapSurvey.Likelihood.Lanes;

namespace TsMapSurvey.Likelihood;

/// <summary>The sums over the counted entries that the fit is made of.</summary>
public static class CountedSums
{
    /// <summary>S1 ... S4 at a norm: one division an entry.</summary>
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

    /// <summary>Σ n ln(1 + N r). Where μ is not positive it is taken as <see cref="Cash.Truncation"/>.</summary>
    public static T Logarithms<T>(in CashBlock<T> block, T norm)
        where T : struct, ILanes<T>
    {
        ref var n = ref MemoryMarshal.GetReference(block.Counts);
        ref var r = ref MemoryMarshal.GetReference(block.Ratio);
        ref var least = ref MemoryMarshal.GetReference(block.Least);
        var (one, sum, isShifted) = (T.Of(1), T.Of(0), block.Least.IsEmpty);
        for (var i = 0; i < block.Counts.Length; i++)
        {
            var growth = T.Max(T.MultiplyAdd(norm, T.Load(ref r, i * T.Count), one), T.Of(isShifted ? Cash.Truncation : Unsafe.Add(ref least, i)));
            sum = T.MultiplyAdd(T.Of(Unsafe.Add(ref n, i)), Logarithm.Of(growth), sum);
        }

        return sum;
    }

    /// <summary>The largest r, and n where it is (the first of equals); zeros without entries.</summary>
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

    /// <summary>r / (1 + N r) of every entry: with it the sums of a block count the norm from N on.</summary>
    /// <param name="shifted">As long as the block's ratios.</param>
    public static void Shift<T>(in CashBlock<T> block, T norm, Span<double> shifted)
        where T : struct, ILanes<T>
    {
        ref var r = ref MemoryMarshal.GetReference(block.Ratio);
        ref var to = ref MemoryMarshal.GetReference(shifted);
        var one = T.Of(1);
        for (var i = 0; i < block.Counts.Length; i++)
        {
            var ratio = T.Load(ref r, i * T.Count);
            T.Store(ratio / T.MultiplyAdd(norm, ratio, one), ref to, i * T.Count);
        }
    }
}
