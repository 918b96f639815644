namespace TsMapSurvey.Fits;

/// <summary>Limits that protect against hostile files. Each limit is checked before memory is allocated.</summary>
public sealed record FitsLimits
{
    /// <summary>2 GiB decompressed, 2 GiB for each HDU, 4 GiB for each array, 4096 HDUs, 262144 cards.</summary>
    public static FitsLimits Default { get; } = new();

    /// <summary>
    /// Limits for a file read in parts, which takes disk space instead of memory: 16 GiB decompressed (32 MiB of them in memory), 64 GiB
    /// for each HDU.
    /// </summary>
    public static FitsLimits InParts { get; } = new()
    { MaxDecompressedBytes = 16L << 30, MaxHduBytes = 64L << 30, MaxBytesInMemory = 32 << 20 };

    /// <summary>Bytes read from a gzip file (after decompression) or from a stream that cannot seek.</summary>
    public long MaxDecompressedBytes { get; init; } = 2L << 30;

    /// <summary>How many of these bytes are held in memory; the rest is written to a temporary file.</summary>
    public long MaxBytesInMemory { get; init; } = long.MaxValue;

    /// <summary>Bytes of the data unit of one HDU.</summary>
    public long MaxHduBytes { get; init; } = 2L << 30;

    /// <summary>Bytes of one array returned by a Read method. A byte image read as doubles takes eight times its stored size.</summary>
    public long MaxArrayBytes { get; init; } = 4L << 30;

    /// <summary>HDUs in a file.</summary>
    public int MaxHdus { get; init; } = 4096;

    /// <summary>Cards in all headers of a file together.</summary>
    public int MaxHeaderCards { get; init; } = 1 << 18;
}
