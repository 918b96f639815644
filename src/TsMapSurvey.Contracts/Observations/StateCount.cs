namespace TsMapSurvey.Contracts;

/// <summary>The number of observations in a state.</summary>
[GenerateSerializer, Immutable, Alias("tsmap.StateCount")]
public sealed record StateCount([property: Id(0)] ObservationState State, [property: Id(1)] int Count);
