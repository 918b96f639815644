using TsMapSurvey.Contracts;

namespace TsMapSurvey.Server.Api.Observations;

/// <summary>A page of a survey's observations that have one of several states.</summary>
internal static class ObservationPage
{
    /// <param name="states">Empty: all.</param>
    public static async Task<Page<ObservationEntry>> OfAsync(
        ISurveyGrain survey, IReadOnlyList<ObservationState> states, string? after, int limit, CancellationToken cancellationToken)
    {
        if (states.Count == 0) return await survey.Observations(null, after, limit, cancellationToken);
        var pages = await Task.WhenAll(states.Select(state => survey.Observations(state, after, limit, cancellationToken)));
        if (pages is [var only]) return only;
        // Each page has the first observations of one state, so together they contain the first of all these states. An observation
        // that changes its state between the calls may be in two pages.
        var items = pages.SelectMany(page => page.Items).DistinctBy(entry => entry.Name)
            .OrderBy(entry => entry.Name, StringComparer.Ordinal).ToArray();
        var isMore = items.Length > limit || Array.Exists(pages, page => page.Next is not null);
        return new Page<ObservationEntry>([.. items.Take(limit)], isMore ? items[Math.Min(limit, items.Length) - 1].Name : null);
    }
}
