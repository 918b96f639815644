using System.Text.Json;
using TsMapSurvey.Grains.Tiles;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Tests;

public sealed class TileLedgerTests
{
    [Fact]
    public void An_observation_is_in_it_once_as_it_came_first_and_names_are_told_apart_by_case()
    {
        var ledger = TileLedger.Empty.With([new LedgerEntry("b", "1"), new LedgerEntry("a", "1"), new LedgerEntry("b", "2")])
            .With([new LedgerEntry("a", "3"), new LedgerEntry("A", "4")]);
        Assert.Equal([new LedgerEntry("b", "1"), new LedgerEntry("a", "1"), new LedgerEntry("A", "4")], ledger.Entries);
        Assert.Equal(("1", "4", null), (ledger.Find("a")?.ETag, ledger.Find("A")?.ETag, ledger.Find("c")?.ETag));
    }

    [Fact]
    public void All_that_go_are_out_of_it_and_may_come_again()
    {
        var ledger = TileLedger.Empty.With(
            [new LedgerEntry("a", "1"), new LedgerEntry("b", "2"), new LedgerEntry("c", "3"), new LedgerEntry("d", "4")]);
        var less = ledger.Without(["d", "b", "unknown"]);
        Assert.Equal([new LedgerEntry("a", "1"), new LedgerEntry("c", "3")], less.Entries);
        Assert.Null(less.Find("b"));
        Assert.Equal("5", less.With([new LedgerEntry("b", "5")]).Find("b")?.ETag);
        Assert.Equal(4, ledger.Entries.Count);
    }

    [Fact]
    public void It_is_read_in_its_first_form_and_in_this_one_and_in_no_later_one()
    {
        var ledger = TileLedger.Empty.With([new LedgerEntry("a", "1", "hash", 5, 77, 123.25), new LedgerEntry("b", "2")]);
        using var content = new MemoryStream();
        ledger.Write(content);
        Assert.Equal(ledger.Entries, TileLedger.Parse(content.ToArray()).Entries);
        Assert.Equal([new LedgerEntry("a", "1")], TileLedger.Parse("""[{"observation":"a","eTag":"1"}]"""u8).Entries);
        Assert.Equal([new LedgerEntry("a", "1")], TileLedger.Parse("""{"schema":2,"entries":[{"observation":"a","eTag":"1"}]}"""u8).Entries);
        foreach (var text in new[] { """{"schema":3,"entries":[]}""", """{"schema":4,"entries":[]}""", """{"schema":2}""", """{"schema":2,"entries":null}""", "null", "", "[null]x" })
            Assert.ThrowsAny<JsonException>(() => TileLedger.Parse(System.Text.Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void One_with_any_of_its_bits_flipped_or_cut_anywhere_is_no_ledger()
    {
        using var content = new MemoryStream();
        TileLedger.Empty.With([new LedgerEntry("a", "1", "hash", 5, 77, 123.25), new LedgerEntry("b", "2")]).Write(content);
        var whole = content.ToArray();
        for (var at = 0; at < whole.Length; at++)
        {
            byte[] flipped = [.. whole];
            flipped[at] ^= (byte)(1 << at % 8);
            Assert.ThrowsAny<JsonException>(() => TileLedger.Parse(flipped));
            Assert.ThrowsAny<JsonException>(() => TileLedger.Parse(whole.AsSpan(0, at)));
        }
    }

    [Fact]
    public void A_long_one_is_written_in_parts_that_do_not_grow_with_it()
    {
        var ledger = TileLedger.Empty.With(
            Enumerable.Range(0, 20_000).Select(i => new LedgerEntry($"observation-{i:D6}.fits.gz", $"0x{i:X16}", $"hash-{i:D6}", i)));
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
