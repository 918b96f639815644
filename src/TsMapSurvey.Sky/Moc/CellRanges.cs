namespace TsMapSurvey.Sky;

/// <summary>
/// Sets of numbers as ranges that are sorted, not empty, and neither overlap nor touch. Each operation takes time proportional to the
/// number of ranges, except that unsorted input is sorted first.
/// </summary>
internal static class CellRanges
{
    /// <summary>The union of ranges in any order; empty ones are skipped.</summary>
    public static CellRange[] Of(List<CellRange> ranges)
    {
        if (!IsSorted(ranges)) ranges.Sort((one, other) => one.First.CompareTo(other.First));
        var merged = new List<CellRange>(ranges.Count);
        foreach (var range in ranges) Append(merged, range);
        return [.. merged];
    }

    public static CellRange[] Union(ReadOnlySpan<CellRange> a, ReadOnlySpan<CellRange> b)
    {
        var merged = new List<CellRange>(a.Length + b.Length);
        for (int i = 0, j = 0; i < a.Length || j < b.Length;)
            Append(merged, j == b.Length || (i < a.Length && a[i].First <= b[j].First) ? a[i++] : b[j++]);
        return [.. merged];
    }

    public static CellRange[] Intersect(ReadOnlySpan<CellRange> a, ReadOnlySpan<CellRange> b)
    {
        var common = new List<CellRange>();
        for (int i = 0, j = 0; i < a.Length && j < b.Length;)
        {
            Append(common, new CellRange(Math.Max(a[i].First, b[j].First), Math.Min(a[i].End, b[j].End)));
            if (a[i].End < b[j].End) i++;
            else j++;
        }

        return [.. common];
    }

    /// <summary>What is in the first set and not in the second.</summary>
    public static CellRange[] Except(ReadOnlySpan<CellRange> a, ReadOnlySpan<CellRange> b)
    {
        var left = new List<CellRange>(a.Length);
        var j = 0;
        foreach (var range in a)
        {
            var first = range.First;
            while (j < b.Length && b[j].End <= first) j++;
            // The last of the ranges that overlap this one may also overlap the next one.
            for (var k = j; k < b.Length && b[k].First < range.End; k++)
            {
                Append(left, new CellRange(first, b[k].First));
                first = Math.Max(first, b[k].End);
                if (b[k].End <= range.End) j = k + 1;
            }

            Append(left, new CellRange(first, range.End));
        }

        return [.. left];
    }

    public static bool Overlap(ReadOnlySpan<CellRange> a, ReadOnlySpan<CellRange> b)
    {
        for (int i = 0, j = 0; i < a.Length && j < b.Length;)
        {
            if (Math.Max(a[i].First, b[j].First) < Math.Min(a[i].End, b[j].End)) return true;
            if (a[i].End < b[j].End) i++;
            else j++;
        }

        return false;
    }

    /// <summary>Whether one of the ranges contains the whole of another range. Takes logarithmic time.</summary>
    public static bool Contains(ReadOnlySpan<CellRange> ranges, CellRange inner)
    {
        var (low, high) = (0, ranges.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (ranges[middle].First <= inner.First) low = middle + 1;
            else high = middle;
        }

        return low > 0 && inner.End <= ranges[low - 1].End;
    }

    /// <summary>Extends both ends of each range to multiples of 2 to the power of <paramref name="shift"/>.</summary>
    public static CellRange[] Widen(ReadOnlySpan<CellRange> ranges, int shift)
    {
        var wide = new List<CellRange>(ranges.Length);
        var rest = (1L << shift) - 1;
        foreach (var range in ranges) Append(wide, new CellRange(range.First & ~rest, (range.End + rest) & ~rest));
        return [.. wide];
    }

    /// <summary>
    /// The largest cells that together are the ranges, order by order: each cell is in one range, and no four (or two) of them are a whole
    /// cell of the order before. Neighbouring cells of an order are one range, in numbers of that order.
    /// </summary>
    public static SortedDictionary<int, List<CellRange>> Cells(MocAxis axis, ReadOnlySpan<CellRange> ranges)
    {
        var cells = new SortedDictionary<int, List<CellRange>>();
        foreach (var range in ranges)
            for (var first = range.First; first < range.End;)
            {
                var order = LargestOrder(axis, first, range.End);
                var shift = axis.Shift(order);
                if (!cells.TryGetValue(order, out var ofOrder)) cells[order] = ofOrder = [];
                Append(ofOrder, new CellRange(first >> shift, (first >> shift) + 1));
                first += 1L << shift;
            }

        return cells;
    }

    /// <summary>The order of the largest cell that begins at a number and ends at or before another.</summary>
    private static int LargestOrder(MocAxis axis, long first, long end)
    {
        var byStart = first == 0 ? axis.MaxOrder : (int)long.TrailingZeroCount(first) / axis.Bits;
        var byLength = (int)long.Log2(end - first) / axis.Bits;
        return axis.MaxOrder - Math.Min(axis.MaxOrder, Math.Min(byStart, byLength));
    }

    /// <summary>Adds a range that begins at or after the last one.</summary>
    private static void Append(List<CellRange> ranges, CellRange next)
    {
        if (next.End <= next.First) return;
        if (ranges.Count > 0 && next.First <= ranges[^1].End)
            ranges[^1] = ranges[^1] with { End = Math.Max(ranges[^1].End, next.End) };
        else
            ranges.Add(next);
    }

    private static bool IsSorted(List<CellRange> ranges)
    {
        for (var i = 1; i < ranges.Count; i++)
            if (ranges[i].First < ranges[i - 1].First) return false;
        return true;
    }
}
