namespace TsMapSurvey.Contracts;

/// <summary>An observation in a list.</summary>
/// <param name="ChangedAt">When it came into this state.</param>
/// <param name="Identity">Which observation its file says that it is, and when that began; null where it does not say both. Two names with
/// one identity count it twice.</param>
/// <param name="IsMissing">Whether its tiles hold it and the store has its file no longer.</param>
/// <param name="Reason">Why it is there, where that is not plain.</param>
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
