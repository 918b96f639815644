namespace TsMapSurvey.Contracts;

/// <summary>Where jobs are taken in and, when nobody asks for them any more, cleared away. One for the cluster, key 0.</summary>
[Alias("tsmap.IComputeDeskGrain")]
public interface IComputeDeskGrain : IGrainWithIntegerKey
{
    /// <summary>Has abandoned jobs looked for from now on, also after every silo was gone.</summary>
    [Alias("Start")]
    Task Start(CancellationToken cancellationToken);

    /// <summary>Opens a job that waits for its datasets.</summary>
    /// <returns>The key of its <see cref="IComputeJobGrain"/>, which nobody can guess.</returns>
    /// <exception cref="SurveyServiceException">BadOptions with every problem; TooManyJobs.</exception>
    [Alias("Open")]
    Task<string> Open(ComputeRequest request, CancellationToken cancellationToken);

    /// <summary>Deletes the jobs that nobody has asked about for long, and how many that were.</summary>
    [Alias("Sweep"), ResponseTimeout("00:02:00")]
    Task<int> Sweep(CancellationToken cancellationToken);
}
