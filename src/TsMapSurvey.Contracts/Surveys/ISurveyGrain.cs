using Orleans.Concurrency;

namespace TsMapSurvey.Contracts;

/// <summary>A survey: its definition and what its tiles last said of themselves. Key: its name.</summary>
[Alias("tsmap.ISurveyGrain")]
public interface ISurveyGrain : IGrainWithStringKey
{
    /// <summary>
    /// Makes the survey, durably, and starts its intake. The same definition again is no change; a definition never changes.
    /// What it is like, or takes IRFs from, must be in the store.
    /// </summary>
    /// <returns>Whether it was new.</returns>
    /// <exception cref="SurveyServiceException">BadDefinition with every problem, DefinitionConflict.</exception>
    [Alias("Define")]
    Task<bool> Define(string json, CancellationToken cancellationToken);

    /// <exception cref="SurveyServiceException">UnknownSurvey.</exception>
    [Alias("GetInfo"), AlwaysInterleave]
    Task<SurveyInfo> GetInfo(CancellationToken cancellationToken);

    [Alias("GetStatus"), AlwaysInterleave]
    Task<SurveyStatus> GetStatus(CancellationToken cancellationToken);

    /// <summary>The tiles that something was stacked on, in order of their names.</summary>
    /// <param name="after">Only those after this name; null for the first page.</param>
    [Alias("Tiles"), AlwaysInterleave]
    Task<Page<TileSummary>> Tiles(string? after, int limit, CancellationToken cancellationToken);

    /// <summary>The window of a slice now: up to the newest night of any tile. Null where no night is known yet, and for all.</summary>
    /// <exception cref="SurveyServiceException">UnknownSlice.</exception>
    [Alias("GetWindow"), AlwaysInterleave]
    Task<SliceWindow?> GetWindow(string slice, CancellationToken cancellationToken);

    /// <summary>In order of their names, the survey's known observations, or those in one state.</summary>
    [Alias("Observations"), AlwaysInterleave]
    Task<Page<ObservationEntry>> Observations(ObservationState? state, string? after, int limit, CancellationToken cancellationToken);

    /// <summary>A hint of a tile: it changed. One that is lost is made up for by looking at the store.</summary>
    [Alias("TileChanged"), OneWay, AlwaysInterleave]
    Task TileChanged(TileSummary tile);
}
