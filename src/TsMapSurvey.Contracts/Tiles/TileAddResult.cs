namespace TsMapSurvey.Contracts;

/// <param name="Revision">Of the stack now.</param>
[GenerateSerializer, Immutable, Alias("tsmap.TileAddResult")]
public sealed record TileAddResult([property: Id(0)] TileAddOutcome Outcome, [property: Id(1)] long Revision, [property: Id(2)] string? Reason);
