using Orleans.Concurrency;

namespace TsMapSurvey.Contracts;

/// <summary>One tile: its stack and the maps made of it. Key: SURVEY/TILE, the tile as x012y003.</summary>
[Alias("tsmap.ITileGrain")]
public interface ITileGrain : IGrainWithStringKey
{
    /// <summary>
    /// Adds an observation to the stack; answers when a manifest that lists it is in the store. One that is in already is not added again.
    /// Observations that wait are added together and committed once.
    /// </summary>
    [Alias("Add"), AlwaysInterleave, ResponseTimeout("00:05:00")]
    Task<TileAddResult> Add(ObservationRef observation, CancellationToken cancellationToken);

    [Alias("GetSummary"), AlwaysInterleave]
    Task<TileSummary> GetSummary(CancellationToken cancellationToken);

    /// <summary>The newest published map at once, or a fresh one if asked for; what is stale is computed anew in any case.</summary>
    /// <exception cref="SurveyServiceException">UnknownMap.</exception>
    [Alias("RequestMap"), AlwaysInterleave]
    Task<MapTicket> RequestMap(MapRequest request, CancellationToken cancellationToken);

    /// <summary>The stack of the newest revision as a MapDataset blob.</summary>
    [Alias("RequestStack"), AlwaysInterleave, ResponseTimeout("00:02:00")]
    Task<StackTicket> RequestStack(CancellationToken cancellationToken);

    /// <summary>The observations in the stack, in order of their names.</summary>
    [Alias("Ledger"), AlwaysInterleave]
    Task<Page<ObservationRef>> Ledger(string? after, int limit, CancellationToken cancellationToken);
}
