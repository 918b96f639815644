using System.Collections.Immutable;

namespace TsMapSurvey.Sky;

/// <summary>
/// A coverage in space and time (IVOA MOC 2.0, section 3.3): at each time one region. Times are counted in microseconds since JD 0 in
/// barycentric coordinate time (TCB); order 61 is one microsecond, each order before twice as long.
/// </summary>
public sealed class SpaceTimeMoc
{
    /// <summary>The finest order of time.</summary>
    public const int FinestTimeOrder = 61;

    private SpaceTimeMoc(int timeOrder, int spaceOrder, Moment[] spans)
    {
        (TimeOrder, SpaceOrder) = (timeOrder, spaceOrder);
        Parts = [.. Grouped(spans, spaceOrder)];
    }

    /// <summary>Number of ranges of time and of cells in all parts.</summary>
    public long RangeCount => Parts.Sum(part => (long)part.Times.Length + part.Space.Ranges.Count);

    public int TimeOrder { get; }

    public int SpaceOrder { get; }

    /// <summary>In order of time. No time is in two parts, and consecutive parts have different regions.</summary>
    public ImmutableArray<SpaceTimePart> Parts { get; }

    /// <summary>
    /// The union of parts in any order, which may overlap. Times are extended to whole cells of their order, regions degraded to theirs.
    /// The parts are merged in pairs, so that the time grows little more than the result.
    /// </summary>
    /// <exception cref="SkyException">An order is out of range, a time is negative or its range empty, or there are more than
    /// <see cref="Moc.MaxCells"/> ranges.</exception>
    public static SpaceTimeMoc Of(IEnumerable<SpaceTimePart> parts, int timeOrder, int spaceOrder)
    {
        if (timeOrder is < 0 or > FinestTimeOrder) throw SkyErrors.BadMocOrder("", MocAxis.Time, timeOrder);
        _ = Moc.Empty(spaceOrder);
        var all = parts.Select(part => Spans(part, timeOrder, spaceOrder)).ToList();
        for (; all.Count > 1; all = [.. all.Chunk(2).Select(pair => pair is [var one, var other] ? Merge(one, other) : pair[0])])
        {
        }

        return new SpaceTimeMoc(timeOrder, spaceOrder, all.Count == 0 ? [] : all[0]);
    }

    /// <summary>The union of the regions of all times.</summary>
    public Moc Space() => Moc.UnionOf(Parts.Select(part => part.Space), SpaceOrder);

    /// <summary>The region that was covered at a time; empty if there is none.</summary>
    public Moc At(long microseconds)
    {
        var moment = new CellRange(microseconds, microseconds + 1);
        return Parts.FirstOrDefault(part => CellRanges.Contains(part.Times.AsSpan(), moment))?.Space ?? Moc.Empty(SpaceOrder);
    }

    /// <summary>Pairs of times and cells as they were read; the orders are the finest that were named.</summary>
    internal static SpaceTimeMoc OfParts(List<MocPart> parts) => Of(
        parts.Chunk(2).Select(pair => new SpaceTimePart([.. pair[0].Ranges()], pair[1].ToMoc())),
        parts.Where(part => part.Axis == MocAxis.Time).Select(part => part.Order).DefaultIfEmpty().Max(),
        parts.Where(part => part.Axis == MocAxis.Space).Select(part => part.Order).DefaultIfEmpty().Max());

    private static Moment[] Spans(SpaceTimePart part, int timeOrder, int spaceOrder)
    {
        foreach (var range in part.Times)
            if (range.First < 0 || range.End <= range.First || range.End > MocAxis.Time.Whole.End) throw SkyErrors.BadTimeRange(range);
        var cells = part.Space.Degrade(spaceOrder);
        var times = CellRanges.Widen(CellRanges.Of([.. part.Times]), MocAxis.Time.Shift(timeOrder));
        return cells.IsEmpty ? [] : Array.ConvertAll(times, range => new Moment(range.First, range.End, cells));
    }

    private static Moment[] Merge(Moment[] a, Moment[] b)
    {
        var merged = new List<Moment>(a.Length + b.Length);
        var (i, j, at, ranges) = (0, 0, 0L, 0L);
        while (i < a.Length || j < b.Length)
        {
            var (nextA, nextB) = (i < a.Length ? a[i].First : long.MaxValue, j < b.Length ? b[j].First : long.MaxValue);
            var first = Math.Max(at, Math.Min(nextA, nextB));
            var (inA, inB) = (nextA <= first, nextB <= first);
            at = Math.Min(inA ? a[i].End : nextA, inB ? b[j].End : nextB);
            var cells = inA && inB ? Together(a[i].Cells, b[j].Cells) : inA ? a[i].Cells : b[j].Cells;
            if (merged.Count > 0 && merged[^1].End == first && merged[^1].Cells.Equals(cells)) merged[^1] = merged[^1] with { End = at };
            else
            {
                ranges += merged.Count > 0 && ReferenceEquals(merged[^1].Cells, cells) ? 1 : 1 + cells.Ranges.Count;
                if (ranges > Moc.MaxCells) throw SkyErrors.TooManyMocCells("", ranges);
                merged.Add(new Moment(first, at, cells));
            }

            while (i < a.Length && a[i].End <= at) i++;
            while (j < b.Length && b[j].End <= at) j++;
        }

        return [.. merged];
    }

    private static Moc Together(Moc one, Moc other) => ReferenceEquals(one, other) ? one : one.Union(other);

    /// <summary>Consecutive times with the same region are one part.</summary>
    private static IEnumerable<SpaceTimePart> Grouped(Moment[] spans, int spaceOrder)
    {
        for (var start = 0; start < spans.Length;)
        {
            var (cells, end) = (spans[start].Cells, start + 1);
            while (end < spans.Length && (ReferenceEquals(spans[end].Cells, cells) || spans[end].Cells.Equals(cells))) end++;
            yield return new SpaceTimePart(
                [.. spans[start..end].Select(span => new CellRange(span.First, span.End))], Moc.OfRanges(cells.Ranges, spaceOrder));
            start = end;
        }
    }

    private readonly record struct Moment(long First, long End, Moc Cells);
}
