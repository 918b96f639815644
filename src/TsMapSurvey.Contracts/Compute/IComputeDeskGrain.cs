namespace TsMapSurvey.Contracts;

/// <summary>Opens jobs and deletes abandoned ones. One per cluster, key 0.</summary>
[Alias("tsmap.IComputeDeskGrain")]
public interface IComputeDeskGrain : IGrainWithIntegerKey
{
    /// <summary>Registers the reminder that deletes abandoned jobs; it survives a restart of the whole cluster.</summary>
    [Alias("Start")]
    Task Start(CancellationToken cancellationToken);

    /// <summary>Opens a job that waits for its datasets.</summary>
    /// <returns>The key of its <see cref="IComputeJobGrain"/>: random, so that it cannot be guessed.</returns>
    /// <exception cref="SurveyServiceException">BadOptions, which lists every problem; TooManyJobs.</exception>
    [Alias("Open")]
    Task<string> Open(ComputeRequest request, CancellationToken cancellationToken);

    /// <summary>Deletes abandoned jobs.</summary>
    /// <returns>The number of deleted jobs.</returns>
    [Alias("Sweep"), ResponseTimeout("00:02:00")]
    Task<int> Sweep(CancellationToken cancellationToken);
}
