namespace TsMapSurvey.Contracts;

/// <summary>An observation in a list.</summary>
/// <param name="ChangedAt">When it entered this state.</param>
/// <param name="Identity">Observation id and start time in its file; null if either is missing. Equal identities count twice.</param>
/// <param name="IsMissing">Whether its tiles hold it although the store no longer has its file.</param>
/// <param name="Reason">Why it is in this state; null if that is the normal course.</param>
[GenerateSerializer, Immutable, Alias("tsmap.ObservationEntry")]
public sealed record ObservationEntry(
    [property: Id(0)] string Name,
    [property: Id(1)] string ETag,
    [property: Id(2)] ObservationState State,
    [property: Id(3)] DateTimeOffset ChangedAt,
    [property: Id(4)] int Tiles,
    [property: Id(5)] string? Reason,
    [property: Id(6)] string? Identity = null,
    [property: Id(7)] bool IsMissing = false);
