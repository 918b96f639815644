using System.Numerics;

namespace TsMapSurvey.Maps.Estimators;

/// <summary>Elementary loops over image rows.</summary>
internal static class RowArithmetic
{
    /// <summary>target[i] += factor · source[i].</summary>
    public static void AddScaled(Span<double> target, ReadOnlySpan<double> source, double factor)
    {
        var i = 0;
        var scale = new Vector<double>(factor);
        for (; i <= target.Length - Vector<double>.Count; i += Vector<double>.Count)
            (new Vector<double>(target[i..]) + scale * new Vector<double>(source[i..])).CopyTo(target[i..]);
        for (; i < target.Length; i++) target[i] += factor * source[i];
    }

    /// <summary>The smallest a[i] · b[i]; +∞ for empty rows.</summary>
    public static double LeastProduct(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var least = double.PositiveInfinity;
        for (var i = 0; i < a.Length; i++)
        {
            var product = a[i] * b[i];
            if (product < least) least = product;
        }

        return least;
    }
}
