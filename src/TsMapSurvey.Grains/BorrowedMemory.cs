using Microsoft.IO;

namespace TsMapSurvey.Grains;

/// <summary>
/// Streams in memory for what is made as a whole before it is stored: their blocks go back, for the next one, when they are disposed of.
/// </summary>
internal static class BorrowedMemory
{
    private static readonly RecyclableMemoryStreamManager Blocks = new(new RecyclableMemoryStreamManager.Options
    {
        BlockSize = 1 << 17,
        MaximumSmallPoolFreeBytes = 64 << 20,
        MaximumLargePoolFreeBytes = 1,
    });

    public static MemoryStream Open() => Blocks.GetStream();
}
