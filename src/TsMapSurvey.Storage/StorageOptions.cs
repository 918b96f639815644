namespace TsMapSurvey.Storage;

/// <summary>In which pieces a store is read, and how its faults are borne.</summary>
public sealed record StorageOptions
{
    /// <summary>The largest blob that is read whole into memory.</summary>
    public long MaxReadBytes { get; init; } = 64 << 20;

    /// <summary>The least that a read stream fetches at a time.</summary>
    public int ReadAheadBytes { get; init; } = 1 << 20;

    /// <summary>How often a read or an unconditional write is repeated after its first try.</summary>
    public int Retries { get; init; } = 5;

    /// <summary>A small read that has no answer after so long is put a second time, and the answer that comes first counts. Zero: never.</summary>
    public TimeSpan HedgeAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Second calls under way at the same time: a store that is slow as a whole is not asked twice for everything.</summary>
    public int HedgesAtOnce { get; init; } = 4;

    /// <summary>Tries within half a minute of which half have to fail before the store refuses calls for a while.</summary>
    public int BreakerThroughput { get; init; } = 20;
}
