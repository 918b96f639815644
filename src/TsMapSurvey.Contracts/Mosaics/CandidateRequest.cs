namespace TsMapSurvey.Contracts;

/// <summary>A wish for candidates.</summary>
/// <param name="MinSqrtTs">3 or more: weaker peaks are not kept.</param>
/// <param name="MinSeparationDeg">Of two peaks closer than this the weaker is left out.</param>
/// <param name="Fresh">Of all tiles as they are now; false: of what is published.</param>
/// <param name="Wait">How long the answer may take (60 s at most count) before it is given of what there is.</param>
/// <param name="Slice">A slice of the survey.</param>
/// <param name="Limit">The most items of the page: at most <see cref="Page{T}.MaxItems"/>.</param>
/// <param name="After">Where the page before ended; null: the first page.</param>
[GenerateSerializer, Immutable, Alias("tsmap.CandidateRequest")]
public sealed record CandidateRequest(
    [property: Id(0)] string Map,
    [property: Id(1)] double MinSqrtTs,
    [property: Id(2)] double MinSeparationDeg,
    [property: Id(3)] bool Fresh,
    [property: Id(4)] TimeSpan Wait,
    [property: Id(5)] string Slice = SliceWindow.All,
    [property: Id(6)] int Limit = Page<Candidate>.MaxItems,
    [property: Id(7)] CandidatePlace? After = null);
