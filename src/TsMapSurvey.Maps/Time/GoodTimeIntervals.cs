namespace TsMapSurvey.Maps.Time;

/// <summary>
/// Good time intervals (GTI), in which the instrument took data. Sorted, none empty; overlapping and adjacent intervals are merged.
/// </summary>
public sealed class GoodTimeIntervals
{
    private GoodTimeIntervals(TimeInterval[] intervals) => Intervals = intervals;

    public static GoodTimeIntervals Empty { get; } = new([]);

    public IReadOnlyList<TimeInterval> Intervals { get; }

    public double TotalS => Intervals.Sum(interval => interval.StopS - interval.StartS);

    /// <summary>The union of intervals in any order. Intervals that are empty, reversed or contain NaN are skipped.</summary>
    public static GoodTimeIntervals Of(IEnumerable<TimeInterval> intervals)
    {
        var merged = new List<TimeInterval>();
        foreach (var next in intervals.Where(interval => interval.StopS > interval.StartS).OrderBy(interval => interval.StartS)
            .ThenBy(interval => interval.StopS))
        {
            if (merged.Count > 0 && next.StartS <= merged[^1].StopS)
                merged[^1] = merged[^1] with { StopS = Math.Max(merged[^1].StopS, next.StopS) };
            else
                merged.Add(next);
        }

        return new GoodTimeIntervals([.. merged]);
    }

    /// <summary>The union of all that are not null; null if all are null.</summary>
    public static GoodTimeIntervals? UnionOf(IEnumerable<GoodTimeIntervals?> all) =>
        all.OfType<GoodTimeIntervals>().ToArray() is { Length: > 0 } known ? Of(known.SelectMany(gti => gti.Intervals)) : null;
}
