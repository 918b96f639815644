using Orleans.Concurrency;

namespace TsMapSurvey.Contracts;

/// <summary>One tile: its stack and the maps made of it. Key: SURVEY/TILE, the tile as x012y003.</summary>
[Alias("tsmap.ITileGrain")]
public interface ITileGrain : IGrainWithStringKey
{
    /// <summary>
    /// Makes a change of the stack; answers when a manifest that says so is in the store. May be repeated. Changes that wait are made
    /// together and committed once: a version that takes another's place does so in one commit, so that no reader sees both or neither.
    /// </summary>
    [Alias("Apply"), AlwaysInterleave, ResponseTimeout("00:05:00")]
    Task<TileChangeResult> Apply(TileChange change, CancellationToken cancellationToken);

    [Alias("GetSummary"), AlwaysInterleave]
    Task<TileSummary> GetSummary(CancellationToken cancellationToken);

    /// <summary>
    /// Looks at the store again and brings the stack in line with the observations' records; for a tile that may have lost something. The
    /// summary says what it has then.
    /// </summary>
    [Alias("Reconcile"), AlwaysInterleave, ResponseTimeout("00:02:00")]
    Task<TileSummary> Reconcile(CancellationToken cancellationToken);

    /// <summary>The newest published map at once, or a fresh one if asked for; what is stale is computed anew in any case.</summary>
    /// <exception cref="SurveyServiceException">UnknownMap.</exception>
    [Alias("RequestMap"), AlwaysInterleave]
    Task<MapTicket> RequestMap(MapRequest request, CancellationToken cancellationToken);

    /// <summary>The stack of the newest revision as a MapDataset blob.</summary>
    [Alias("RequestStack"), AlwaysInterleave, ResponseTimeout("00:02:00")]
    Task<StackTicket> RequestStack(CancellationToken cancellationToken);

    /// <summary>The sum of the observations of a window, of the newest revision, as a MapDataset blob.</summary>
    /// <exception cref="SurveyServiceException">Blocked: an observation of it cannot be read again. UndatedObservations.</exception>
    [Alias("RequestWindow"), AlwaysInterleave, ResponseTimeout("00:02:00")]
    Task<StackTicket> RequestWindow(SliceWindow window, CancellationToken cancellationToken);

    /// <summary>
    /// A reader found a map, its facts or an exported stack of the tile missing or damaged: the tile looks itself, and makes it again.
    /// Answers when a map is made again, or takes long.
    /// </summary>
    /// <param name="blob">Full name; of what is not the tile's nothing is done.</param>
    [Alias("Restore"), AlwaysInterleave, ResponseTimeout("00:02:00")]
    Task Restore(string blob, CancellationToken cancellationToken);

    /// <summary>The observations in the stack, in order of their names.</summary>
    [Alias("Ledger"), AlwaysInterleave]
    Task<Page<ObservationRef>> Ledger(string? after, int limit, CancellationToken cancellationToken);

    /// <summary>The version of an observation that is in the stack; null when none is.</summary>
    [Alias("Holds"), AlwaysInterleave]
    Task<ObservationRef?> Holds(string observation, CancellationToken cancellationToken);
}
