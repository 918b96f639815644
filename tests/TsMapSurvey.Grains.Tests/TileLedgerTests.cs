using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains.Tests;

public sealed class TileLedgerTests
{
    [Fact]
    public void A_long_one_is_written_in_parts_that_do_not_grow_with_it()
    {
        var ledger = TileLedger.Empty.With(Enumerable.Range(0, 20_000).Select(i => new LedgerEntry($"observation-{i:D6}.fits.gz", $"0x{i:X16}", $"hash-{i:D6}", i)));
        using var content = new MemoryStream(8 << 20);
        ledger.Write(content);
        Assert.Equal(ledger.Entries, TileLedger.Parse(content.ToArray()).Entries);

        content.SetLength(0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        ledger.Write(content);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(content.Length > 2_000_000, $"{content.Length} bytes");
        Assert.True(allocated < 100_000, $"{allocated} bytes allocated for {content.Length} written");
    }
}
