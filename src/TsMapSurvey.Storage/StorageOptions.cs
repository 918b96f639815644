namespace TsMapSurvey.Storage;

/// <summary>How a store is used: where in it, in which pieces, and how long its faults are borne.</summary>
public sealed record StorageOptions
{
    /// <summary>Azure container when the URL names none; created when missing.</summary>
    public string Container { get; init; } = "tsmap";

    /// <summary>The largest blob that is read whole into memory.</summary>
    public long MaxReadBytes { get; init; } = 64 << 20;

    /// <summary>The least that a read stream fetches at a time.</summary>
    public int ReadAheadBytes { get; init; } = 1 << 20;

    /// <summary>How often a read or an unconditional write is repeated after its first try.</summary>
    public int Retries { get; init; } = 5;

    /// <summary>Before the first repetition; doubles each time, with jitter.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For one try; for a stream upload, the longest time without progress.</summary>
    public TimeSpan TryTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For all tries of one call together; stream uploads have none.</summary>
    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>A small read that has no answer after so long is put a second time, and the answer that comes first counts. Zero: never.</summary>
    public TimeSpan HedgeAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Second calls under way at the same time: a store that is slow as a whole is not asked twice for everything.</summary>
    public int HedgesAtOnce { get; init; } = 4;

    /// <summary>Of the tries within <see cref="BreakerWindow"/> (when there are <see cref="BreakerThroughput"/> or more), this share failing
    /// makes the store refuse calls for <see cref="BreakerPause"/>.</summary>
    public double BreakerFailureRatio { get; init; } = 0.5;

    public int BreakerThroughput { get; init; } = 20;

    public TimeSpan BreakerWindow { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan BreakerPause { get; init; } = TimeSpan.FromSeconds(10);
}
