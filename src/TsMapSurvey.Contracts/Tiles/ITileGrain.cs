using Orleans.Concurrency;

namespace TsMapSurvey.Contracts;

/// <summary>One tile: its stack and its maps. Key: SURVEY/TILE, for example gps/x012y003.</summary>
[Alias("tsmap.ITileGrain")]
public interface ITileGrain : IGrainWithStringKey
{
    /// <summary>
    /// Applies a change to the stack and returns once a manifest that contains it is stored. Idempotent. Waiting changes share one commit.
    /// A new version replaces the old one in one commit, so that no reader sees both or neither.
    /// </summary>
    [Alias("Apply"), AlwaysInterleave, ResponseTimeout("00:05:00")]
    Task<TileChangeResult> Apply(TileChange change, CancellationToken cancellationToken);

    [Alias("GetSummary"), AlwaysInterleave]
    Task<TileSummary> GetSummary(CancellationToken cancellationToken);

    /// <summary>
    /// Reads the tile's manifest again and aligns the ledger with the observations' records. For tiles that may have lost data. Returns the
    /// summary afterwards.
    /// </summary>
    [Alias("Reconcile"), AlwaysInterleave, ResponseTimeout("00:02:00")]
    Task<TileSummary> Reconcile(CancellationToken cancellationToken);

    /// <summary>Returns the newest published map, or a fresh one on request; starts the computation of a stale map in any case.</summary>
    /// <exception cref="SurveyServiceException">UnknownMap.</exception>
    [Alias("RequestMap"), AlwaysInterleave]
    Task<MapTicket> RequestMap(MapRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Returns the newest map whose stack is published too, or a fresh one on request. Starts the preparation of a newer one in any case;
    /// until it is complete, the earlier one is returned. Of one activation, revisions never decrease.
    /// </summary>
    /// <exception cref="SurveyServiceException">UnknownMap; Blocked; UndatedObservations.</exception>
    [Alias("RequestPoint"), AlwaysInterleave, ResponseTimeout("00:02:00")]
    Task<PointTicket> RequestPoint(MapRequest request, CancellationToken cancellationToken);

    /// <summary>Exports the stack of the newest revision as a MapDataset blob.</summary>
    [Alias("RequestStack"), AlwaysInterleave, ResponseTimeout("00:02:00")]
    Task<StackTicket> RequestStack(CancellationToken cancellationToken);

    /// <summary>Exports the sum of a window's observations, at the newest revision, as a MapDataset blob.</summary>
    /// <exception cref="SurveyServiceException">Blocked: an observation of the window cannot be read; UndatedObservations.</exception>
    [Alias("RequestWindow"), AlwaysInterleave, ResponseTimeout("00:02:00")]
    Task<StackTicket> RequestWindow(SliceWindow window, CancellationToken cancellationToken);

    /// <summary>Publishes where the stack of the newest revision has exposure: a MOC in FITS.</summary>
    /// <param name="window">The nights whose observations count; null: all observations.</param>
    /// <exception cref="SurveyServiceException">Blocked: an observation of the window cannot be read; UndatedObservations.</exception>
    [Alias("RequestCoverage"), AlwaysInterleave, ResponseTimeout("00:02:00")]
    Task<StackTicket> RequestCoverage(SliceWindow? window, CancellationToken cancellationToken);

    /// <summary>
    /// Checks a map, its facts, an exported stack or a coverage after a reader found it missing or damaged, and recreates it if so.
    /// Returns when the blob is stored, or after a time limit.
    /// </summary>
    /// <param name="blob">Full name in the store; blobs of other tiles are ignored.</param>
    [Alias("Restore"), AlwaysInterleave, ResponseTimeout("00:02:00")]
    Task Restore(string blob, CancellationToken cancellationToken);

    /// <summary>Returns the observations in the stack, sorted by name.</summary>
    [Alias("Ledger"), AlwaysInterleave]
    Task<Page<ObservationRef>> Ledger(string? after, int limit, CancellationToken cancellationToken);

    /// <summary>Returns the observations in the stack with the nights in which they began, sorted by name.</summary>
    /// <param name="window">Only those of these nights; null: all.</param>
    [Alias("Contributions"), AlwaysInterleave]
    Task<Page<Contribution>> Contributions(SliceWindow? window, string? after, int limit, CancellationToken cancellationToken);

    /// <summary>Returns the version of an observation that is in the stack; null if there is none.</summary>
    [Alias("Holds"), AlwaysInterleave]
    Task<ObservationRef?> Holds(string observation, CancellationToken cancellationToken);
}
