namespace TsMapSurvey.Grains;

/// <summary>
/// How a silo works: how often it looks, how much it does at once, how much memory it takes. What is internal is not set but by tests.
/// </summary>
public sealed record GrainOptions
{
    /// <summary>
    /// Between two listings of a survey's observations; a listing that takes long is followed by a pause ten times as long.
    /// </summary>
    public TimeSpan ReconcileEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Observations of a survey that are worked on at the same time.</summary>
    internal int ObservationsInFlight { get; init; } = 16;

    /// <summary>Before an observation that could not be finished is tried again; doubles each time.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(2);

    internal TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>With so many observations of a survey in line, no more events are taken from the queue until some are worked on.</summary>
    public int LongestLine { get; init; } = 256;

    /// <summary>
    /// How long a message that was taken from the queue is hidden from other readers; one that is not done with by then comes back.
    /// </summary>
    public TimeSpan MessageHold { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>A message that was taken so often and could not be done with goes to the poison queue.</summary>
    public int MessageTakes { get; init; } = 20;

    /// <summary>Between two looks into a queue that was empty, or while there are <see cref="LongestLine"/> in line.</summary>
    internal TimeSpan QueuePause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// A tile writes a checkpoint when more observations than this came since the last one; a restart reads at most as many again.
    /// </summary>
    public int TailLength { get; init; } = 32;

    /// <summary>Or when those take more bytes than this in memory.</summary>
    internal long TailBytes { get; init; } = 512L << 20;

    /// <summary>Bytes of the stacks, and of the estimates of their maps, that stay in memory between uses.</summary>
    public long StackBytes { get; init; } = 1L << 30;

    /// <summary>
    /// Bytes that one tile may take, halo, IRFs and its largest map included; a definition whose tiles take more is refused.
    /// </summary>
    public long TileBytes { get; init; } = 1L << 30;

    /// <summary>Bytes that maps, exports, mosaics and pictures may take while they are made.</summary>
    public long WorkBytes { get; init; } = 1L << 30;

    /// <summary>Bytes of decoded observations kept for the next tile that asks.</summary>
    public long ObservationBytes { get; init; } = 256L << 20;

    /// <summary>Bytes that one observation may unfold to; a larger one is quarantined.</summary>
    internal long MaxObservationBytes { get; init; } = 512L << 20;

    /// <summary>Bytes of mosaics kept for the next change.</summary>
    public long MosaicBytes { get; init; } = 256L << 20;

    /// <summary>Surveys that there may be; one more is refused.</summary>
    public int Surveys { get; init; } = 1000;

    /// <summary>Uploaded jobs that there may be at the same time, in the cluster.</summary>
    internal int Jobs { get; init; } = 8;

    /// <summary>Bytes that jobs may take in a silo, and so one job: its datasets, and what is computed of them.</summary>
    public long JobBytes { get; init; } = 1L << 30;

    /// <summary>A job that is not done so long after it was started, waiting for others included, fails.</summary>
    public TimeSpan JobTime { get; init; } = TimeSpan.FromHours(6);

    /// <summary>Threads of a map's computation; one computation runs at a time. One core is left to answer.</summary>
    internal int ComputeThreads { get; init; } = int.Max(1, Environment.ProcessorCount - 1);

    /// <summary>Before the next try after so many failures: doubles with each.</summary>
    public TimeSpan DelayAfter(long failures)
    {
        var delay = RetryDelay;
        for (var i = 1; i < failures && delay < MaxRetryDelay; i++) delay *= 2;
        return delay < MaxRetryDelay ? delay : MaxRetryDelay;
    }
}
