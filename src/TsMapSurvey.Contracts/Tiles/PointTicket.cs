namespace TsMapSurvey.Contracts;

/// <summary>
/// Names a tile's map and stack of one revision, from which positions are answered. If the map is computing or failed and there is no
/// earlier one with its stack, the map has no blob and the stack is the newest.
/// </summary>
[GenerateSerializer, Immutable, Alias("tsmap.PointTicket")]
public sealed record PointTicket([property: Id(0)] MapTicket Map, [property: Id(1)] StackTicket Stack);
