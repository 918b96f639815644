using Orleans.Concurrency;

namespace TsMapSurvey.Contracts;

/// <summary>One row block of a job: computed on the whole datasets, published as a blob. Key: JOB/NUMBER.</summary>
[Alias("tsmap.IComputeBlockGrain")]
public interface IComputeBlockGrain : IGrainWithStringKey
{
    /// <summary>
    /// Begins unless it has begun or is done, waits a little, and says how the block stands. To be repeated until it is not Working.
    /// </summary>
    /// <param name="region">The block's own pixels.</param>
    /// <exception cref="SurveyServiceException">The store's faults, Stopping: try again, perhaps elsewhere.</exception>
    [Alias("Work"), AlwaysInterleave]
    Task<BlockReport> Work(PixelBox region, CancellationToken cancellationToken);

    /// <summary>Ends the computation; nobody wants it any more.</summary>
    [Alias("Stop"), AlwaysInterleave]
    Task Stop();
}
