namespace TsMapSurvey.Contracts;

/// <summary>An observation in a list.</summary>
/// <param name="ChangedAt">When it came into this state.</param>
/// <param name="Reason">Why it is there, where that is not plain.</param>
[GenerateSerializer, Immutable, Alias("tsmap.ObservationEntry")]
public sealed record ObservationEntry(
    [property: Id(0)] string Name,
    [property: Id(1)] string ETag,
    [property: Id(2)] ObservationState State,
    [property: Id(3)] DateTimeOffset ChangedAt,
    [property: Id(4)] int Tiles,
    [property: Id(5)] string? Reason);
