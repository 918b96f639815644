namespace TsMapSurvey.Fits;

/// <summary>FITS standard 4.0, 3.1: files are sequences of 2880-byte blocks, headers of 80-byte cards.</summary>
internal static class FitsBlock
{
    public const int Bytes = 2880;
    public const int CardBytes = 80;
    public const int Cards = Bytes / CardBytes;

    public static long RoundUp(long bytes) => checked((bytes + Bytes - 1) / Bytes * Bytes);
}
