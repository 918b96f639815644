using TsMapSurvey.Contracts;

namespace TsMapSurvey.Grains;

/// <summary>Pages of lists that are in the order of their names.</summary>
internal static class Paging
{
    public static Page<TOut> Of<TIn, TOut>(
        IEnumerable<TIn> ordered, Func<TIn, string> name, Func<TIn, TOut> shown, string? after, int limit)
    {
        var most = int.Clamp(limit, 1, Page<TOut>.MaxItems);
        var items = ordered.Where(item => after is null || string.CompareOrdinal(name(item), after) > 0).Take(most + 1).ToList();
        var hasMore = items.Count > most;
        if (hasMore) items.RemoveAt(most);
        return new Page<TOut>([.. items.Select(shown)], hasMore ? name(items[^1]) : null);
    }
}
