namespace TsMapSurvey.Contracts;

/// <param name="Revision">Current revision of the stack.</param>
/// <param name="Generation">Highest generation of the observation that the tile knows.</param>
[GenerateSerializer, Immutable, Alias("tsmap.TileChangeResult")]
public sealed record TileChangeResult([property: Id(0)] TileChangeOutcome Outcome, [property: Id(1)] long Revision,
    [property: Id(2)] string? Reason, [property: Id(3)] long Generation);
