using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TsMapSurvey.Likelihood.Lanes;

namespace TsMapSurvey.Likelihood;

/// <summary>Sums over all entries of a block.</summary>
public static class DenseSums
{
    /// <summary>
    /// Excess = Σ max(-b - N m, 0), which Σ μ gains if each negative μ is set to zero. Slope = Σ m over these entries, its growth as the
    /// norm decreases.
    /// </summary>
    public static (T Excess, T Slope) Cut<T>(in DenseBlock<T> block, T norm)
        where T : struct, ILanes<T>
    {
        ref var b = ref MemoryMarshal.GetReference(block.Background);
        ref var m = ref MemoryMarshal.GetReference(block.Signal);
        var (zero, sum, slope) = (T.Of(0), T.Of(0), T.Of(0));
        for (var i = 0; i < block.Background.Length; i++)
        {
            var signal = T.Load(ref m, i * T.Count);
            var mu = T.MultiplyAdd(norm, signal, T.Of(Unsafe.Add(ref b, i)));
            sum += T.Min(mu, zero);
            slope += T.And(T.Less(mu, zero), signal);
        }

        return (zero - sum, slope);
    }

    /// <summary>The excess of <see cref="Cut"/> for two norms.</summary>
    public static (T A, T B) Excess<T>(in DenseBlock<T> block, T normA, T normB)
        where T : struct, ILanes<T>
    {
        ref var b = ref MemoryMarshal.GetReference(block.Background);
        ref var m = ref MemoryMarshal.GetReference(block.Signal);
        var (zero, sumA, sumB) = (T.Of(0), T.Of(0), T.Of(0));
        for (var i = 0; i < block.Background.Length; i++)
        {
            var (signal, background) = (T.Load(ref m, i * T.Count), T.Of(Unsafe.Add(ref b, i)));
            sumA += T.Min(T.MultiplyAdd(normA, signal, background), zero);
            sumB += T.Min(T.MultiplyAdd(normB, signal, background), zero);
        }

        return (zero - sumA, zero - sumB);
    }

    /// <summary>
    /// Half the test statistic of the Asimov data set, whose counts equal μ = b + x m: A/2 = Σ [μ ln(μ/b) - x m]; and its first and second
    /// derivatives with respect to x, Σ m ln(μ/b) and Σ m²/μ. With u = x m / b a term is b [(1 + u) ln(1 + u) - u]. For small u it is
    /// written as b [u s + (1 + u) s p(s²)] with s = u / (2 + u), which loses no digits; for large u the logarithm is split by its binary
    /// exponent.
    /// </summary>
    /// <param name="norm">Positive.</param>
    public static (T Value, T Slope, T Curvature) Asimov<T>(in DenseBlock<T> block, T norm)
        where T : struct, ILanes<T>
    {
        ref var b = ref MemoryMarshal.GetReference(block.Background);
        ref var m = ref MemoryMarshal.GetReference(block.Signal);
        var two = T.Of(2);
        var (largest, ln2) = (T.Of(Math.Sqrt(2)), T.Of(double.Log(2)));
        var (value, slope, curvature) = (T.Of(0), T.Of(0), T.Of(0));
        for (var i = 0; i < block.Background.Length; i++)
        {
            var background = Math.Max(Unsafe.Add(ref b, i), Cash.Truncation);
            var (signal, inverse) = (T.Load(ref m, i * T.Count), T.Of(1 / background));
            var excess = norm * signal;
            var mu = T.Of(background) + excess;
            var growth = mu * inverse;
            var u = excess * inverse;
            var (fraction, exponent) = Logarithm.Reduce(growth);
            var small = T.LessOrEqual(growth, largest);
            var f = T.Select(small, u, fraction);
            var s = f / (two + f);
            var series = Logarithm.Series(s * s);
            var logarithm = T.MultiplyAdd(exponent, ln2, T.MultiplyAdd(s, series, two * s));
            var term = T.Select(small, T.MultiplyAdd(excess, s, mu * (s * series)), T.MultiplyAdd(mu, logarithm, T.Of(0) - excess));
            value += term;
            slope = T.MultiplyAdd(signal, logarithm, slope);
            curvature = T.MultiplyAdd(signal, signal / mu, curvature);
        }

        return (value, slope, curvature);
    }
}
