using Orleans.Concurrency;

namespace TsMapSurvey.Contracts;

/// <summary>Mosaics and source candidates of a whole survey. Key: the survey's name.</summary>
[Alias("tsmap.IMosaicGrain")]
public interface IMosaicGrain : IGrainWithStringKey
{
    /// <summary>Returns a mosaic of the tiles' published maps, and starts the computation of stale tile maps in any case.</summary>
    /// <exception cref="SurveyServiceException">UnknownMap, UnknownQuantity, UnknownSlice.</exception>
    [Alias("Request"), AlwaysInterleave, ResponseTimeout("00:02:00")]
    Task<MosaicTicket> Request(MosaicRequest request, CancellationToken cancellationToken);

    /// <summary>Returns the peaks of the tiles' published maps, in order of decreasing significance.</summary>
    /// <exception cref="SurveyServiceException">UnknownMap, UnknownSlice.</exception>
    [Alias("Candidates"), AlwaysInterleave, ResponseTimeout("00:02:00")]
    Task<CandidateList> Candidates(CandidateRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Checks a published blob of the survey after a reader found it missing or damaged, and replaces it if so: a tile's blob at once, a
    /// mosaic at the next request.
    /// </summary>
    /// <param name="blob">Full name in the store; blobs of other surveys are ignored.</param>
    [Alias("Restore"), AlwaysInterleave, ResponseTimeout("00:02:00")]
    Task Restore(string blob, CancellationToken cancellationToken);
}
