namespace TsMapSurvey.Fits;

/// <summary>What a hostile file may cost. Every limit is checked before the memory it guards is allocated.</summary>
public sealed record FitsLimits
{
    /// <summary>2 GiB decompressed, 2 GiB a HDU, 4 GiB an array, 4096 HDUs, 262144 cards.</summary>
    public static FitsLimits Default { get; } = new();

    /// <summary>
    /// Of a file read in parts, which costs disk rather than memory: 16 GiB decompressed, of which 32 MiB in memory, 64 GiB a HDU.
    /// </summary>
    public static FitsLimits InParts { get; } = new()
    { MaxDecompressedBytes = 16L << 30, MaxHduBytes = 64L << 30, MaxUnfoldedInMemory = 32 << 20 };

    /// <summary>Bytes that a gzip file, or a stream that cannot seek, may unfold to.</summary>
    public long MaxDecompressedBytes { get; init; } = 2L << 30;

    /// <summary>How many of these are kept in memory; what is beyond goes to a temporary file.</summary>
    public long MaxUnfoldedInMemory { get; init; } = long.MaxValue;

    /// <summary>Bytes of the data unit of one HDU.</summary>
    public long MaxHduBytes { get; init; } = 2L << 30;

    /// <summary>Bytes of one decoded array that a Read method returns; a byte image read as doubles grows eightfold.</summary>
    public long MaxArrayBytes { get; init; } = 4L << 30;

    /// <summary>HDUs in a file.</summary>
    public int MaxHdus { get; init; } = 4096;

    /// <summary>Cards in all headers of a file together.</summary>
    public int MaxHeaderCards { get; init; } = 1 << 18;
}
