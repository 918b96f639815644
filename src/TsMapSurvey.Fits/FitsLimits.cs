namespace TsMapSurvey.Fits;

/// <summary>What a hostile file may cost. Every limit is checked before the memory it guards is allocated.</summary>
public sealed record FitsLimits
{
    /// <summary>2 GiB decompressed, 2 GiB a HDU, 4 GiB an array, 4096 HDUs, 262144 cards.</summary>
    public static FitsLimits Default { get; } = new();

    /// <summary>Bytes that a gzip file, or a stream that cannot seek, may unfold to in memory.</summary>
    public long MaxDecompressedBytes { get; init; } = 2L << 30;

    /// <summary>Bytes of the data unit of one HDU.</summary>
    public long MaxHduBytes { get; init; } = 2L << 30;

    /// <summary>Bytes of one decoded array that a Read method returns; a byte image read as doubles grows eightfold.</summary>
    public long MaxArrayBytes { get; init; } = 4L << 30;

    /// <summary>HDUs in a file.</summary>
    public int MaxHdus { get; init; } = 4096;

    /// <summary>Cards in all headers of a file together.</summary>
    public int MaxHeaderCards { get; init; } = 1 << 18;
}
