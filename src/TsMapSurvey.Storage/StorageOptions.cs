namespace TsMapSurvey.Storage;

/// <summary>How a store is used: in which pieces, and how its faults are borne. What is internal is not set but by tests.</summary>
public sealed record StorageOptions
{
    /// <summary>
    /// A small read that has no answer after so long is put a second time, and the answer that comes first counts. Zero: never.
    /// </summary>
    public TimeSpan HedgeAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Second calls under way at the same time: a store that is slow as a whole is not asked twice for everything.</summary>
    internal int HedgesAtOnce { get; init; } = 4;

    /// <summary>The largest blob that is read whole into memory.</summary>
    internal long MaxReadBytes { get; init; } = 64 << 20;

    /// <summary>The least that a read stream fetches at a time.</summary>
    internal int ReadAheadBytes { get; init; } = 1 << 20;

    /// <summary>How often a read or an unconditional write is repeated after its first try.</summary>
    internal int Retries { get; init; } = 5;

    /// <summary>With fewer tries than this the store is not refused, however many of them fail.</summary>
    internal int BreakerThroughput { get; init; } = 20;
}
