namespace TsMapSurvey.Contracts;

/// <summary>A change of an observation's state.</summary>
/// <param name="Reason">Why; null if it is the normal course.</param>
[GenerateSerializer, Immutable, Alias("tsmap.StateChange")]
public sealed record StateChange(
    [property: Id(0)] ObservationState State, [property: Id(1)] DateTimeOffset At, [property: Id(2)] string? Reason);
