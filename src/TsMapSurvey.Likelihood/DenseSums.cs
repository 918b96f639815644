using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TsMapSurvey.Likelihood.Lanes;

namespace TsMapSurvey.Likelihood;

/// <summary>The sums over all entries of a block.</summary>
public static class DenseSums
{
    /// <summary>
    /// ln(1 + u) = 2 artanh(s), s = u / (2 + u), for |s| ≤ (√2 - 1) / (√2 + 1), as 2 s (1 + s² p(s²)): the coefficients 2 k p_k of
    /// fdlibm's e_log.c (Sun Microsystems 1993), error below 2^-58.
    /// </summary>
    private static ReadOnlySpan<double> Artanh =>
        [6.666666666666735130e-01, 3.999999999940941908e-01, 2.857142874366239149e-01, 2.222219843214978396e-01, 1.818357216161805012e-01, 1.531383769920937332e-01, 1.479819860511658591e-01];

    /// <summary>Σ max(b + N m, 0), and its slope Σ m over the entries that are not cut.</summary>
    public static (T Npred, T Slope) Cut<T>(in DenseBlock<T> block, T norm)
        where T : struct, ILanes<T>
    {
        ref var b = ref MemoryMarshal.GetReference(block.Background);
        ref var m = ref MemoryMarshal.GetReference(block.Signal);
        var (zero, npred, slope) = (T.Of(0), T.Of(0), T.Of(0));
        for (var i = 0; i < block.Background.Length; i++)
        {
            var signal = T.Load(ref m, i * T.Count);
            var mu = T.MultiplyAdd(norm, signal, T.Of(Unsafe.Add(ref b, i)));
            var positive = T.Less(zero, mu);
            npred += T.And(positive, mu);
            slope += T.And(positive, signal);
        }

        return (npred, slope);
    }

    /// <summary>
    /// Half the test statistic that the source predicts for itself, A/2 = Σ [μ ln(μ/b) - x m] with μ = b + x m (the Asimov data set: counts
    /// equal to μ), and its first and second derivatives by x, Σ m ln(μ/b) and Σ m²/μ. With u = x m / b the term is
    /// b [(1 + u) ln(1 + u) - u], which loses no digits for small u written as b [u²/(2 + u) + (1 + u) 2 s³ p(s²)]; larger 1 + u go by their binary exponent.
    /// </summary>
    /// <param name="norm">Positive.</param>
    public static (T Value, T Slope, T Curvature) Asimov<T>(in DenseBlock<T> block, T norm)
        where T : struct, ILanes<T>
    {
        ref var b = ref MemoryMarshal.GetReference(block.Background);
        ref var m = ref MemoryMarshal.GetReference(block.Signal);
        var (one, two, half) = (T.Of(1), T.Of(2), T.Of(0.5));
        var (largest, ln2) = (T.Of(Math.Sqrt(2)), T.Of(double.Log(2)));
        var (value, slope, curvature) = (T.Of(0), T.Of(0), T.Of(0));
        for (var i = 0; i < block.Background.Length; i++)
        {
            var background = T.Of(Math.Max(Unsafe.Add(ref b, i), Cash.Truncation));
            var signal = T.Load(ref m, i * T.Count);
            var excess = norm * signal;
            var mu = background + excess;
            var growth = mu / background;
            var u = excess / background;
            var exponent = T.ExponentSum(T.AddExponents(T.Of(0), growth), 1);
            var mantissa = T.Mantissa(growth);
            var upper = T.Less(largest, mantissa);
            mantissa = T.Select(upper, half * mantissa, mantissa);
            exponent = T.Select(upper, exponent + one, exponent);
            var small = T.LessOrEqual(growth, largest);
            var f = T.Select(small, u, mantissa - one);
            var s = f / (two + f);
            var z = s * s;
            var series = Series(z);
            var logarithm = T.MultiplyAdd(exponent, ln2, T.MultiplyAdd(s, series, two * s));
            var term = T.Select(small, T.MultiplyAdd(excess, s, mu * (s * series)), T.MultiplyAdd(mu, logarithm, T.Of(0) - excess));
            value += term;
            slope = T.MultiplyAdd(signal, logarithm, slope);
            curvature = T.MultiplyAdd(signal, signal / mu, curvature);
        }

        return (value, slope, curvature);
    }

    private static T Series<T>(T z)
        where T : struct, ILanes<T>
    {
        var sum = T.Of(Artanh[6]);
        for (var k = 5; k >= 0; k--) sum = T.MultiplyAdd(sum, z, T.Of(Artanh[k]));
        return sum * z;
    }
}
