using System.Numerics;
using System.Runtime.InteropServices;

namespace TsMapSurvey.Maps.Datasets;

/// <summary>
/// Adds rows where a mask is set. Masks consist mostly of long runs, so runs are added with vectors; the results have the same bits as
/// those of the scalar loop.
/// </summary>
public static class MaskedRow
{
    /// <summary>sum[i] += values[i] where the mask is set and the value is finite.</summary>
    public static void Add(ReadOnlySpan<double> values, ReadOnlySpan<bool> mask, Span<double> sum)
    {
        for (var (start, end) = Run(mask, 0); start < mask.Length; (start, end) = Run(mask, end)) AddFinite(
            values[start..end], sum[start..end]);
    }

    /// <summary>sum[i] += values[i] where the mask is set and the value is positive and finite.</summary>
    public static void AddPositive(ReadOnlySpan<double> values, ReadOnlySpan<bool> mask, Span<double> sum)
    {
        var (zero, max) = (Vector<double>.Zero, new Vector<double>(double.MaxValue));
        for (var (start, end) = Run(mask, 0); start < mask.Length; (start, end) = Run(mask, end))
        {
            var i = start;
            for (; i <= end - Vector<double>.Count; i += Vector<double>.Count)
            {
                var value = new Vector<double>(values[i..]);
                var counts = Vector.GreaterThan(value, zero) & Vector.LessThanOrEqual(value, max);
                (new Vector<double>(sum[i..]) + Vector.ConditionalSelect(counts, value, zero)).CopyTo(sum[i..]);
            }

            for (; i < end; i++) sum[i] += values[i] is > 0 and <= double.MaxValue ? values[i] : 0;
        }
    }

    /// <summary>mask[i] &amp;= other[i].</summary>
    public static void And(Span<bool> mask, ReadOnlySpan<bool> other)
    {
        var all = MemoryMarshal.AsBytes(mask);
        var more = MemoryMarshal.AsBytes(other);
        var i = 0;
        for (; i <= all.Length - Vector<byte>.Count; i += Vector<byte>.Count) (new Vector<byte>(all[i..]) & new Vector<byte>(more[i..]))
            .CopyTo(all[i..]);
        for (; i < all.Length; i++) all[i] &= more[i];
    }

    /// <summary>mask[i] |= other[i].</summary>
    public static void Or(Span<bool> mask, ReadOnlySpan<bool> other)
    {
        var all = MemoryMarshal.AsBytes(mask);
        var more = MemoryMarshal.AsBytes(other);
        var i = 0;
        for (; i <= all.Length - Vector<byte>.Count; i += Vector<byte>.Count) (new Vector<byte>(all[i..]) | new Vector<byte>(more[i..]))
            .CopyTo(all[i..]);
        for (; i < all.Length; i++) all[i] |= more[i];
    }

    /// <summary>count[i]++ where the mask is set.</summary>
    public static void Count(ReadOnlySpan<bool> mask, Span<int> count)
    {
        for (var (start, end) = Run(mask, 0); start < mask.Length; (start, end) = Run(mask, end))
        {
            var run = count[start..end];
            for (; run.Length >= Vector<int>.Count; run = run[Vector<int>.Count..]) (new Vector<int>(run) + Vector<int>.One).CopyTo(run);
            for (var i = 0; i < run.Length; i++) run[i]++;
        }
    }

    /// <summary>The next run of true at or after an index; empty and at the end of the mask if there is none.</summary>
    private static (int Start, int End) Run(ReadOnlySpan<bool> mask, int from)
    {
        var start = mask[from..].IndexOf(true);
        if (start < 0) return (mask.Length, mask.Length);
        start += from;
        var length = mask[start..].IndexOf(false);
        return (start, length < 0 ? mask.Length : start + length);
    }

    private static void AddFinite(ReadOnlySpan<double> values, Span<double> sum)
    {
        var i = 0;
        for (; i <= values.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            var (value, before) = (new Vector<double>(values[i..]), new Vector<double>(sum[i..]));
            // x - x is 0 for finite x, else NaN.
            Vector.ConditionalSelect(Vector.Equals(value - value, Vector<double>.Zero), before + value, before).CopyTo(sum[i..]);
        }

        for (; i < values.Length; i++)
            if (double.IsFinite(values[i])) sum[i] += values[i];
    }
}
