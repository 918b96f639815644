namespace TsMapSurvey.Storage;

/// <summary>Timing and sizes of store access. Only tests set the internal options.</summary>
public sealed record StorageOptions
{
    /// <summary>
    /// A small read without an answer after this time is sent a second time, and the first answer counts. Zero disables it.
    /// </summary>
    public TimeSpan HedgeAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Limits the second reads in progress, so that a slow store does not get its whole load twice.</summary>
    internal int MaxConcurrentHedges { get; init; } = 4;

    /// <summary>The largest blob that is read into memory as a whole.</summary>
    internal long MaxReadBytes { get; init; } = 64 << 20;

    /// <summary>The smallest range that a read stream fetches.</summary>
    internal int ReadAheadBytes { get; init; } = 1 << 20;

    /// <summary>How often a read or an unconditional write is repeated after its first attempt.</summary>
    internal int Retries { get; init; } = 5;

    /// <summary>The circuit breaker opens only after at least this many attempts in its window.</summary>
    internal int BreakerThroughput { get; init; } = 20;
}
