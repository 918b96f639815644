namespace TsMapSurvey.Contracts;

/// <summary>A step of an observation's life.</summary>
/// <param name="Reason">Why, where that is not plain.</param>
[GenerateSerializer, Immutable, Alias("tsmap.StateChange")]
public sealed record StateChange(
    [property: Id(0)] ObservationState State, [property: Id(1)] DateTimeOffset At, [property: Id(2)] string? Reason);
