namespace TsMapSurvey.Grains;

/// <summary>A silo's intervals, concurrency and memory limits. Only tests set the internal ones.</summary>
public sealed record GrainOptions
{
    /// <summary>Interval between listings of a survey's observations; longer after a slow listing.</summary>
    public TimeSpan ReconcileEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Maximum number of observations of a survey that are processed at the same time.</summary>
    internal int ObservationsInFlight { get; init; } = 16;

    /// <summary>Delay before the first retry; doubles with each further failure.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(2);

    internal TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Events are received from the queue only while every survey has fewer observations than this in its intake queue.</summary>
    public int LongestLine { get; init; } = 256;

    /// <summary>How long a received message is invisible to other readers; an uncompleted one becomes visible again.</summary>
    public TimeSpan MessageHold { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>A message that failed after being received so often is moved to the poison queue.</summary>
    public int MessageTakes { get; init; } = 20;

    /// <summary>Longest interval between polls of an empty event queue, or of one that waits for <see cref="LongestLine"/>.</summary>
    internal TimeSpan QueuePause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// A tile writes a checkpoint when it has added more observations than this since the last one; a restart reads at most so many.
    /// </summary>
    public int TailLength { get; init; } = 32;

    /// <summary>A tile also writes a checkpoint when those observations exceed so many bytes in memory.</summary>
    internal long TailBytes { get; init; } = 512L << 20;

    /// <summary>Bytes of stacks, and of the estimates of their maps, that stay cached between uses.</summary>
    public long StackBytes { get; init; } = 1L << 30;

    /// <summary>Maximum bytes of one tile with halo, IRFs and its largest map; definitions with larger tiles are refused.</summary>
    public long TileBytes { get; init; } = 1L << 30;

    /// <summary>Maximum bytes of maps, exports, mosaics and pictures in the making.</summary>
    public long WorkBytes { get; init; } = 1L << 30;

    /// <summary>Bytes of decoded observations that stay cached for other tiles.</summary>
    public long ObservationBytes { get; init; } = 256L << 20;

    /// <summary>Maximum decompressed bytes of one observation; a larger one is quarantined.</summary>
    public long MaxObservationBytes { get; init; } = 512L << 20;

    /// <summary>Bytes of mosaics that stay cached for their next update.</summary>
    public long MosaicBytes { get; init; } = 256L << 20;

    /// <summary>Maximum number of surveys.</summary>
    public int Surveys { get; init; } = 1000;

    /// <summary>Maximum number of jobs in the cluster.</summary>
    internal int Jobs { get; init; } = 8;

    /// <summary>Maximum bytes of all jobs of a silo, and so of one job: datasets and the estimator's arrays.</summary>
    public long JobBytes { get; init; } = 1L << 30;

    /// <summary>Time limit of a job after its start; includes waiting for other jobs.</summary>
    public TimeSpan JobTime { get; init; } = TimeSpan.FromHours(6);

    /// <summary>Threads of the computation, of which one runs at a time. One core stays free for requests.</summary>
    internal int ComputeThreads { get; init; } = int.Max(1, Environment.ProcessorCount - 1);

    /// <summary>Delay before the next retry after so many failures.</summary>
    public TimeSpan DelayAfter(long failures)
    {
        var delay = RetryDelay;
        for (var i = 1; i < failures && delay < MaxRetryDelay; i++) delay *= 2;
        return delay < MaxRetryDelay ? delay : MaxRetryDelay;
    }
}
