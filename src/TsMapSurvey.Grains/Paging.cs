using TsMapSurvey.Contracts;

namespace TsMapSurvey.Grains;

/// <summary>Pages of lists that are sorted by name.</summary>
internal static class Paging
{
    public static Page<TOut> Of<TIn, TOut>(
        IEnumerable<TIn> ordered, Func<TIn, string> name, Func<TIn, TOut> convert, string? after, int limit)
    {
        var max = int.Clamp(limit, 1, Page<TOut>.MaxItems);
        var items = ordered.Where(item => after is null || string.CompareOrdinal(name(item), after) > 0).Take(max + 1).ToList();
        var hasMore = items.Count > max;
        if (hasMore) items.RemoveAt(max);
        return new Page<TOut>([.. items.Select(convert)], hasMore ? name(items[^1]) : null);
    }
}
