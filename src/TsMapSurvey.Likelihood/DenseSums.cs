using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TsMapSurvey.Likelihood.Lanes;

namespace TsMapSurvey.Likelihood;

/// <summary>The sums over all entries of a block.</summary>
public static class DenseSums
{
    /// <summary>
    /// Σ max(-b - N m, 0), by how much cutting every μ at zero exceeds Σ μ, and how fast that grows as the norm falls: Σ m over the
    /// entries that are cut.
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

    /// <summary>The first of <see cref="Cut"/> alone, of two norms at a time.</summary>
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
    /// Half the test statistic that the source predicts for itself, A/2 = Σ [μ ln(μ/b) - x m] with μ = b + x m (the Asimov data set: counts
    /// equal to μ), and its first and second derivatives by x, Σ m ln(μ/b) and Σ m²/μ. With u = x m / b the term is
    /// b [(1 + u) ln(1 + u) - u], which loses no digits for small u written as b [u s + (1 + u) s p(s²)], s = u / (2 + u); larger 1 + u go
    /// by their binary exponent.
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
