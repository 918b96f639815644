namespace TsMapSurvey.Contracts;

/// <summary>Requests one page of the survey's candidates.</summary>
/// <param name="MinSqrtTs">At least 3: weaker peaks are not stored.</param>
/// <param name="MinSeparationDeg">Of two peaks closer than this the weaker one is dropped.</param>
/// <param name="Fresh">true: wait for maps of the newest stacks; false: use the published maps.</param>
/// <param name="Wait">How long to wait for fresh maps, at most 60 s; afterwards the published maps are used.</param>
/// <param name="Slice">Name of a slice of the survey.</param>
/// <param name="Limit">Maximum number of items, at most <see cref="Page{T}.MaxItems"/>.</param>
/// <param name="After"><see cref="CandidateList.Next"/> of the page before; null: the first page.</param>
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
