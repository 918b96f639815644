using Orleans.Concurrency;

namespace TsMapSurvey.Contracts;

/// <summary>Where, and when, a whole survey has data. Key: the survey's name.</summary>
[Alias("tsmap.ICoverageGrain")]
public interface ICoverageGrain : IGrainWithStringKey
{
    /// <summary>Returns the union of the coverages of the tiles' newest stacks.</summary>
    /// <param name="slice">Name of a slice of the survey.</param>
    /// <exception cref="SurveyServiceException">UnknownSlice.</exception>
    [Alias("Space"), AlwaysInterleave, ResponseTimeout("00:02:00")]
    Task<CoverageTicket> Space(string slice, CancellationToken cancellationToken);

    /// <summary>Returns the same region by time: at each time that of the observations that were made then.</summary>
    /// <inheritdoc cref="Space"/>
    [Alias("SpaceTime"), AlwaysInterleave, ResponseTimeout("00:02:00")]
    Task<CoverageTicket> SpaceTime(string slice, CancellationToken cancellationToken);
}
