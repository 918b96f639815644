using System.Collections.Immutable;

namespace TsMapSurvey.Contracts;

/// <summary>The status of a survey.</summary>
/// <param name="Observations">Number of observations in each state that occurs.</param>
/// <param name="Waiting">Observations in the intake's queue.</param>
/// <param name="InFlight">Observations that are being processed.</param>
/// <param name="Tiles">Number of tiles that have data.</param>
/// <param name="Revision">Sum of the tiles' revisions: increases with every change of any tile.</param>
/// <param name="CommittedAt">Time of the newest tile commit.</param>
/// <param name="TilesPending">Number of tiles with a map that is missing or older than their stack.</param>
/// <param name="ComputedAt">When the newest of the tiles' maps was computed.</param>
/// <param name="Warnings">Warnings for the operator; default: none.</param>
/// <param name="ReconciledAt">When a listing of the store's observations last completed.</param>
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
