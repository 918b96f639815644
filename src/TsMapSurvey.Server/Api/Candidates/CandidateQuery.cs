using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using TsMapSurvey.Contracts;

namespace TsMapSurvey.Server.Api.Candidates;

internal sealed record CandidateQuery(
    [property: FromQuery(Name = "map")] string? Map, [property: FromQuery(Name = "min_sqrt_ts")] string? MinSqrtTs,
    [property: FromQuery(Name = "min_separation")] string? MinSeparation, [property: FromQuery(Name = "slice")] string? Slice,
    [property: FromQuery(Name = "fresh")] string? Fresh, [property: FromQuery(Name = "timeout")] string? Timeout,
    [property: FromQuery(Name = "after")] string? After, [property: FromQuery(Name = "limit")] string? Limit)
{
    public CandidatePlace? Place(Parameters parameters)
    {
        if (string.IsNullOrEmpty(After)) return null;
        if (CandidatePlace.TryParse(After, CultureInfo.InvariantCulture, out var place)) return place;
        parameters.Wrong("after", After, "the value in the header Link of the previous page");
        return null;
    }

    public string? Next(string path, CandidatePlace? place) => ApiRoutes.Next(
        path, place?.ToString(), ("map", Map), ("min_sqrt_ts", MinSqrtTs), ("min_separation", MinSeparation), ("slice", Slice),
        ("fresh", Fresh),
        ("timeout", Timeout), ("limit", Limit));
}
