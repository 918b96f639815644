using Orleans.Concurrency;

namespace TsMapSurvey.Contracts;

/// <summary>
/// One computation on uploaded datasets: splits the image into row blocks, has them computed all over the cluster, and puts them together.
/// What is done is durable; a job whose silo is lost goes on when somebody asks for it. Key: as <see cref="IComputeDeskGrain.Open"/> gave
/// it.
/// </summary>
[Alias("tsmap.IComputeJobGrain")]
public interface IComputeJobGrain : IGrainWithStringKey
{
    /// <summary>The blob that a dataset is to be written to.</summary>
    /// <param name="dataset">Its place in <see cref="ComputeRequest.Datasets"/>, from 0.</param>
    /// <exception cref="SurveyServiceException">UnknownJob, UnknownDataset; WrongState once the job has started.</exception>
    [Alias("Expect")]
    Task<string> Expect(int dataset, CancellationToken cancellationToken);

    /// <summary>All datasets are there: begins, and answers at once. May be repeated.</summary>
    /// <exception cref="SurveyServiceException">UnknownJob; WrongState while a dataset is missing.</exception>
    [Alias("Start")]
    Task<ComputeStatus> Start(CancellationToken cancellationToken);

    /// <summary>How the job stands. Asking keeps it: a job that nobody asks for is deleted after a while.</summary>
    /// <exception cref="SurveyServiceException">UnknownJob.</exception>
    [Alias("GetStatus"), AlwaysInterleave]
    Task<ComputeStatus> GetStatus(CancellationToken cancellationToken);

    /// <summary>
    /// A reader found the result missing or damaged: it is put together again, of blocks that are computed again where they are damaged
    /// too. Answers when it is there, or takes long.
    /// </summary>
    /// <exception cref="SurveyServiceException">UnknownJob.</exception>
    [Alias("Restore"), AlwaysInterleave, ResponseTimeout("00:02:00")]
    Task Restore(CancellationToken cancellationToken);

    /// <summary>Ends the job and deletes all that is of it; there may be nothing.</summary>
    [Alias("Discard"), AlwaysInterleave, ResponseTimeout("00:02:00")]
    Task Discard(CancellationToken cancellationToken);
}
