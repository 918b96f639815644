using Orleans.Concurrency;

namespace TsMapSurvey.Contracts;

/// <summary>
/// One computation on uploaded datasets: splits the image into row blocks, distributes them over the cluster, and assembles the result.
/// Finished blocks are durable: a job whose silo died resumes at the next call. Key: the result of <see cref="IComputeDeskGrain.Open"/>.
/// </summary>
[Alias("tsmap.IComputeJobGrain")]
public interface IComputeJobGrain : IGrainWithStringKey
{
    /// <summary>Returns the name of the blob that a dataset must be uploaded to.</summary>
    /// <param name="dataset">Index into <see cref="ComputeRequest.Datasets"/>, from 0.</param>
    /// <exception cref="SurveyServiceException">UnknownJob, UnknownDataset; WrongState once the job has started.</exception>
    [Alias("Expect")]
    Task<string> Expect(int dataset, CancellationToken cancellationToken);

    /// <summary>Starts the computation once all datasets are uploaded, and returns at once. Idempotent.</summary>
    /// <exception cref="SurveyServiceException">UnknownJob; WrongState while a dataset is missing.</exception>
    [Alias("Start")]
    Task<ComputeStatus> Start(CancellationToken cancellationToken);

    /// <summary>Returns the status. Each call also keeps the job alive: a job without calls is deleted after a while.</summary>
    /// <exception cref="SurveyServiceException">UnknownJob.</exception>
    [Alias("GetStatus"), AlwaysInterleave]
    Task<ComputeStatus> GetStatus(CancellationToken cancellationToken);

    /// <summary>
    /// Checks the result after a reader found it missing or damaged, and assembles it again if so. Damaged blocks are computed again.
    /// Returns when the result is stored, or after a minute.
    /// </summary>
    /// <exception cref="SurveyServiceException">UnknownJob.</exception>
    [Alias("Restore"), AlwaysInterleave, ResponseTimeout("00:02:00")]
    Task Restore(CancellationToken cancellationToken);

    /// <summary>Cancels the job and deletes all its blobs. Idempotent.</summary>
    [Alias("Discard"), AlwaysInterleave, ResponseTimeout("00:02:00")]
    Task Discard(CancellationToken cancellationToken);
}
