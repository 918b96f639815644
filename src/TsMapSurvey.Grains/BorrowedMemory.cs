using Microsoft.IO;

namespace TsMapSurvey.Grains;

/// <summary>Memory streams of pooled blocks, for content that is complete before it is stored.</summary>
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
