using Orleans.Concurrency;

namespace TsMapSurvey.Contracts;

/// <summary>Computes one row block of a job from the whole datasets and publishes it as a blob. Key: JOB/NUMBER.</summary>
[Alias("tsmap.IComputeBlockGrain")]
public interface IComputeBlockGrain : IGrainWithStringKey
{
    /// <summary>
    /// Starts the computation unless it runs or is done, waits up to a second, and returns the state of the block. The caller repeats the
    /// call while the state is Working.
    /// </summary>
    /// <param name="region">The pixels of the block.</param>
    /// <exception cref="SurveyServiceException">Stopping, or a storage error. A retry may run on another silo.</exception>
    [Alias("Work"), AlwaysInterleave]
    Task<BlockReport> Work(PixelBox region, CancellationToken cancellationToken);

    /// <summary>Cancels the computation.</summary>
    [Alias("Stop"), AlwaysInterleave]
    Task Stop();
}
