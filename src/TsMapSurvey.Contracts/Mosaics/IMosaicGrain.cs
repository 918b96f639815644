using Orleans.Concurrency;

namespace TsMapSurvey.Contracts;

/// <summary>The survey as a whole: one image, one list of candidates. Key: the survey's name.</summary>
[Alias("tsmap.IMosaicGrain")]
public interface IMosaicGrain : IGrainWithStringKey
{
    /// <summary>The newest image of what the tiles have published; what is stale there is computed anew in any case.</summary>
    /// <exception cref="SurveyServiceException">UnknownMap, UnknownQuantity, UnknownSlice.</exception>
    [Alias("Request"), AlwaysInterleave, ResponseTimeout("00:02:00")]
    Task<MosaicTicket> Request(MosaicRequest request, CancellationToken cancellationToken);

    /// <summary>Peaks of the tiles' published maps, the most significant first.</summary>
    /// <exception cref="SurveyServiceException">UnknownMap, UnknownSlice.</exception>
    [Alias("Candidates"), AlwaysInterleave, ResponseTimeout("00:02:00")]
    Task<CandidateList> Candidates(CandidateRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// A reader found a blob that is published of the survey missing or damaged. It is made again: what is a tile's at once, a mosaic when
    /// it is asked for.
    /// </summary>
    /// <param name="blob">Full name; of what is not the survey's nothing is done.</param>
    [Alias("Restore"), AlwaysInterleave, ResponseTimeout("00:02:00")]
    Task Restore(string blob, CancellationToken cancellationToken);
}
