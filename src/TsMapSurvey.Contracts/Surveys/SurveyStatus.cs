using System.Collections.Immutable;

namespace TsMapSurvey.Contracts;

/// <summary>How far a survey is.</summary>
/// <param name="Observations">Count of each state that occurs.</param>
/// <param name="Waiting">Observations known to the intake that nobody works on yet.</param>
/// <param name="InFlight">Observations being worked on.</param>
/// <param name="Tiles">Tiles with something stacked.</param>
/// <param name="Revision">The sum of the tiles' revisions: counts up with every change of any tile.</param>
/// <param name="CommittedAt">Of the newest tile commit.</param>
/// <param name="TilesPending">Tiles with a map that is not of their newest stack, or was never made.</param>
/// <param name="ComputedAt">When the newest of the tiles' maps was computed.</param>
/// <param name="Warnings">What an operator should know; default: nothing.</param>
/// <param name="ReconciledAt">When the store's observations were last listed to the end.</param>
/// <param name="Missing">Tiles that cannot answer for now.</param>
[GenerateSerializer, Immutable, Alias("tsmap.SurveyStatus")]
public sealed record SurveyStatus(
    [property: Id(0)] string Survey,
    [property: Id(1)] ImmutableArray<StateCount> Observations,
    [property: Id(2)] int Waiting,
    [property: Id(3)] int InFlight,
    [property: Id(4)] int Tiles,
    [property: Id(5)] long Revision,
    [property: Id(6)] DateTimeOffset? CommittedAt,
    [property: Id(7)] DateTimeOffset? ReconciledAt,
    [property: Id(8)] int TilesPending = 0,
    [property: Id(9)] DateTimeOffset? ComputedAt = null,
    [property: Id(10)] ImmutableArray<string> Warnings = default,
    [property: Id(11)] ImmutableArray<MissingTile> Missing = default);
