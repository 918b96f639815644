using Orleans.Concurrency;

namespace TsMapSurvey.Contracts;

/// <summary>A survey: its definition and the last summaries of its tiles. Key: the survey's name.</summary>
[Alias("tsmap.ISurveyGrain")]
public interface ISurveyGrain : IGrainWithStringKey
{
    /// <summary>
    /// Stores the definition and starts the survey's intake. Idempotent. A later definition of the same name may change only the slices and
    /// (if there were none) the hour at which nights start. The blobs named in like and irfs must be in the store.
    /// </summary>
    /// <returns>Whether the survey is new.</returns>
    /// <exception cref="SurveyServiceException">BadDefinition, which lists every problem; DefinitionConflict.</exception>
    [Alias("Define")]
    Task<bool> Define(string json, CancellationToken cancellationToken);

    /// <exception cref="SurveyServiceException">UnknownSurvey.</exception>
    [Alias("GetInfo"), AlwaysInterleave]
    Task<SurveyInfo> GetInfo(CancellationToken cancellationToken);

    [Alias("GetStatus"), AlwaysInterleave]
    Task<SurveyStatus> GetStatus(CancellationToken cancellationToken);

    /// <summary>Returns the tiles that have data, sorted by name.</summary>
    /// <param name="after">Only tiles after this name; null for the first page.</param>
    [Alias("Tiles"), AlwaysInterleave]
    Task<Page<TileSummary>> Tiles(string? after, int limit, CancellationToken cancellationToken);

    /// <summary>Returns a slice's current window, up to the newest night of any tile. Null while no night is known, and for all.</summary>
    /// <exception cref="SurveyServiceException">UnknownSlice.</exception>
    [Alias("GetWindow"), AlwaysInterleave]
    Task<SliceWindow?> GetWindow(string slice, CancellationToken cancellationToken);

    /// <summary>Returns the survey's known observations, or those in one state, sorted by name.</summary>
    [Alias("Observations"), AlwaysInterleave]
    Task<Page<ObservationEntry>> Observations(ObservationState? state, string? after, int limit, CancellationToken cancellationToken);

    /// <summary>Notifies of a changed tile. The notification may be lost: the survey also polls its tiles.</summary>
    [Alias("TileChanged"), OneWay, AlwaysInterleave]
    Task TileChanged(TileSummary tile);
}
