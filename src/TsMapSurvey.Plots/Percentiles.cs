using System.Buffers;

namespace TsMapSurvey.Plots;

/// <summary>
/// Percentiles of the finite values by selection (Hoare's quickselect) with linear interpolation, as by default in numpy.
/// </summary>
internal static class Percentiles
{
    /// <summary>Two percentiles from 0 to 100 in ascending order; NaN if no value is finite.</summary>
    internal static (double Low, double High) Range(ReadOnlySpan<double> values, double low, double high)
    {
        var rented = ArrayPool<double>.Shared.Rent(Math.Max(values.Length, 1));
        var finite = rented.AsSpan(0, CopyFinite(values, rented));
        var range = (Of(finite, low), Of(finite, high));
        ArrayPool<double>.Shared.Return(rented);
        return range;
    }

    /// <summary>Copies the finite values and returns their number.</summary>
    internal static int CopyFinite(ReadOnlySpan<double> values, Span<double> finite)
    {
        var count = 0;
        foreach (var value in values)
            if (double.IsFinite(value)) finite[count++] = value;
        return count;
    }

    /// <summary>One percentile; reorders the values, which must not contain NaN.</summary>
    internal static double Of(Span<double> values, double percentile)
    {
        if (values.IsEmpty) return double.NaN;
        var rank = percentile / 100 * (values.Length - 1);
        var index = (int)rank;
        var below = Select(values, index);
        if (index == rank) return below;
        var above = double.PositiveInfinity;
        foreach (var value in values[(index + 1)..]) above = Math.Min(above, value);
        return below + (rank - index) * (above - below);
    }

    // Partitions the values: none before the index is larger and none after it is smaller than the value at the index.
    private static double Select(Span<double> values, int index)
    {
        var (first, last) = (0, values.Length - 1);
        while (first < last)
        {
            var pivot = MedianOfThree(values[first], values[first + (last - first) / 2], values[last]);
            var (left, right) = (first, last);
            while (left <= right)
            {
                while (values[left] < pivot) left++;
                while (values[right] > pivot) right--;
                if (left > right) break;
                (values[left], values[right]) = (values[right], values[left]);
                left++;
                right--;
            }

            if (index <= right) last = right;
            else if (index >= left) first = left;
            else break;
        }

        return values[index];
    }

    private static double MedianOfThree(double a, double b, double c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
