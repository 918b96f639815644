namespace TsMapSurvey.Contracts;

/// <param name="Revision">Of the stack now.</param>
/// <param name="Generation">The newest that the tile knows of the observation.</param>
[GenerateSerializer, Immutable, Alias("tsmap.TileChangeResult")]
public sealed record TileChangeResult([property: Id(0)] TileChangeOutcome Outcome, [property: Id(1)] long Revision,
    [property: Id(2)] string? Reason, [property: Id(3)] long Generation);
