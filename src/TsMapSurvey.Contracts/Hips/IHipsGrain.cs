namespace TsMapSurvey.Contracts;

/// <summary>
/// The HiPS of one layer of a survey: knows of which revision of which tile it is made. Key: SURVEY/LAYER, for example gps/point-sqrt_ts.
/// </summary>
[Alias("tsmap.IHipsGrain")]
public interface IHipsGrain : IGrainWithStringKey
{
    /// <summary>
    /// Returns the newest version of what the tiles have published, and starts the computation of stale tile maps in any case. Only tiles
    /// that have changed since the last call are asked.
    /// </summary>
    /// <exception cref="SurveyServiceException">UnknownQuantity: the survey has no such layer.</exception>
    [Alias("Request"), ResponseTimeout("00:02:00")]
    Task<HipsTicket> Request(CancellationToken cancellationToken);
}
