using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TsMapSurvey.Likelihood;

/// <summary>
/// The sums over the counted entries that the fit is made of. Each is written three times, width under width; the scalar
/// line is the definition and the tail. Sums run in a fixed order for a given width.
/// </summary>
public static class CountedSums
{
    /// <summary>Σ n / (N + c) and Σ n / (N + c)².</summary>
    public static (double Sum, double Slope) Reciprocals(ReadOnlySpan<double> counts, ReadOnlySpan<double> ratio, double norm)
    {
        ref var n = ref MemoryMarshal.GetReference(counts);
        ref var c = ref MemoryMarshal.GetReference(ratio);
        var (sum, slope, i) = (0.0, 0.0, 0);
        if (Vector512.IsHardwareAccelerated && counts.Length >= Vector512<double>.Count)
        {
            var (sums, slopes, shift) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512.Create(norm));
            for (; i <= counts.Length - Vector512<double>.Count; i += Vector512<double>.Count)
            {
                var inverse = Vector512<double>.One / (shift + Vector512.LoadUnsafe(ref c, (nuint)i));
                var term = Vector512.LoadUnsafe(ref n, (nuint)i) * inverse;
                sums += term;
                slopes = Vector512.MultiplyAddEstimate(term, inverse, slopes);
            }

            (sum, slope) = (Vector512.Sum(sums), Vector512.Sum(slopes));
        }
        else if (Vector256.IsHardwareAccelerated && counts.Length >= Vector256<double>.Count)
        {
            var (sums, slopes, shift) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256.Create(norm));
            for (; i <= counts.Length - Vector256<double>.Count; i += Vector256<double>.Count)
            {
                var inverse = Vector256<double>.One / (shift + Vector256.LoadUnsafe(ref c, (nuint)i));
                var term = Vector256.LoadUnsafe(ref n, (nuint)i) * inverse;
                sums += term;
                slopes = Vector256.MultiplyAddEstimate(term, inverse, slopes);
            }

            (sum, slope) = (Vector256.Sum(sums), Vector256.Sum(slopes));
        }

        for (; i < counts.Length; i++)
        {
            var inverse = 1 / (norm + Unsafe.Add(ref c, i));
            sum += Unsafe.Add(ref n, i) * inverse;
            slope += Unsafe.Add(ref n, i) * inverse * inverse;
        }

        return (sum, slope);
    }

    /// <summary>
    /// Σ n ln(1 + N / c), the counted part of TS / 2. Where N = -c (an entry whose μ is zero) the logarithm is that of
    /// <see cref="Cash.Truncation"/> over b, with b taken as 1: finite, as in gammapy.
    /// </summary>
    public static double Logarithms(ReadOnlySpan<double> counts, ReadOnlySpan<double> ratio, double norm)
    {
        ref var n = ref MemoryMarshal.GetReference(counts);
        ref var c = ref MemoryMarshal.GetReference(ratio);
        var (sum, i) = (0.0, 0);
        if (Vector512.IsHardwareAccelerated && counts.Length >= Vector512<double>.Count)
        {
            var (sums, shift, least) = (Vector512<double>.Zero, Vector512.Create(norm), Vector512.Create(Cash.Truncation));
            for (; i <= counts.Length - Vector512<double>.Count; i += Vector512<double>.Count)
            {
                var growth = Vector512.Max(Vector512<double>.One + shift / Vector512.LoadUnsafe(ref c, (nuint)i), least);
                sums = Vector512.MultiplyAddEstimate(Vector512.LoadUnsafe(ref n, (nuint)i), Vector512.Log(growth), sums);
            }

            sum = Vector512.Sum(sums);
        }
        else if (Vector256.IsHardwareAccelerated && counts.Length >= Vector256<double>.Count)
        {
            var (sums, shift, least) = (Vector256<double>.Zero, Vector256.Create(norm), Vector256.Create(Cash.Truncation));
            for (; i <= counts.Length - Vector256<double>.Count; i += Vector256<double>.Count)
            {
                var growth = Vector256.Max(Vector256<double>.One + shift / Vector256.LoadUnsafe(ref c, (nuint)i), least);
                sums = Vector256.MultiplyAddEstimate(Vector256.LoadUnsafe(ref n, (nuint)i), Vector256.Log(growth), sums);
            }

            sum = Vector256.Sum(sums);
        }

        for (; i < counts.Length; i++)
            sum += Unsafe.Add(ref n, i) * Math.Log(Math.Max(1 + norm / Unsafe.Add(ref c, i), Cash.Truncation));
        return sum;
    }
}
