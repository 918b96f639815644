using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Tiles;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Grains.Tests;

/// <summary>What a tile makes of a change, by what its ledger and its fences say.</summary>
public sealed class TileHeadTests
{
    private static readonly DateTimeOffset Now = new(2025, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly ObservationRef Version = new("a", "1", "hash-1");
    private static readonly ObservationRef Other = new("a", "2", "hash-2");

    [Theory]
    // Generation of the entry and of the fence (-1: there is none), then what is asked with which generation.
    [InlineData(-1, -1, "put 1", "Add")]
    [InlineData(-1, -1, "remove 1", "Fence")]
    [InlineData(5, -1, "put 4", "Superseded")]
    [InlineData(5, -1, "put 5", "AlreadySo")]
    [InlineData(5, -1, "put 6", "Fence")]
    [InlineData(5, -1, "other 4", "Superseded")]
    [InlineData(5, -1, "other 5", "Superseded")]
    [InlineData(5, -1, "other 6", "Rebuild")]
    [InlineData(5, -1, "remove 4", "Superseded")]
    [InlineData(5, -1, "remove 5", "Superseded")]
    [InlineData(5, -1, "remove 6", "Rebuild")]
    [InlineData(-1, 7, "put 6", "Superseded")]
    [InlineData(-1, 7, "put 7", "Superseded")]
    [InlineData(-1, 7, "put 8", "Add")]
    [InlineData(-1, 7, "remove 6", "Superseded")]
    [InlineData(-1, 7, "remove 7", "AlreadySo")]
    [InlineData(-1, 7, "remove 8", "Fence")]
    [InlineData(5, 7, "put 6", "Superseded")]
    [InlineData(5, 7, "put 7", "AlreadySo")]
    [InlineData(5, 7, "other 6", "Superseded")]
    [InlineData(5, 7, "other 8", "Rebuild")]
    [InlineData(7, 5, "other 6", "Superseded")]
    public void The_newest_decision_of_ledger_and_fences_counts(long entry, long fence, string asked, string expected)
    {
        var (words, generation) = (asked.Split(' '), long.Parse(asked.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture));
        var change = new TileChange(words[0] == "other" ? Other : Version, generation, words[0] == "remove");
        // Another observation, with a fence before and an entry of its own, changes nothing.
        var head = Head(
            [new LedgerEntry("z", "9", null, 99), .. entry < 0 ? [] : new[] { new LedgerEntry("a", "1", "hash-1", entry) }],
            [new LedgerFence("y", 99, Now), .. fence < 0 ? [] : new[] { new LedgerFence("a", fence, Now) }]);
        Assert.Equal(expected, $"{head.Judge(change)}");
        Assert.Equal(long.Max(entry < 0 ? long.MinValue : entry, fence < 0 ? long.MinValue : fence), head.NewestOf("a"));
    }

    [Fact]
    public void A_version_is_the_same_by_its_etag_or_by_the_hash_of_its_content()
    {
        var head = Head([new LedgerEntry("a", "1", "hash-1", 5), new LedgerEntry("b", "1", null, 5)], []);
        Assert.Equal(TileVerdict.Fence, head.Judge(TileChange.Put(new ObservationRef("a", "2", "hash-1"), 6)));
        Assert.Equal(TileVerdict.Fence, head.Judge(TileChange.Put(new ObservationRef("a", "1"), 6)));
        Assert.Equal(TileVerdict.Rebuild, head.Judge(TileChange.Put(new ObservationRef("a", "2"), 6)));
        // Of two contents without a hash nobody knows that they are one.
        Assert.Equal(TileVerdict.Rebuild, head.Judge(TileChange.Put(new ObservationRef("b", "2"), 6)));
        Assert.Equal(TileVerdict.Rebuild, head.Judge(TileChange.Put(new ObservationRef("b", "2", "hash-1"), 6)));
    }

    [Fact]
    public void A_commit_sets_its_fences_anew_and_keeps_those_that_still_tell_something()
    {
        var head = Head([], [
            new LedgerFence("set again", 3, Now.AddMinutes(-1)), new LedgerFence("kept", 4, Now.AddMinutes(-59)),
                new LedgerFence("old", 5, Now.AddMinutes(-61)),
            new LedgerFence("came back", 6, Now), new LedgerFence("came back earlier", 8, Now)]);
        var ledger =
            TileLedger.Empty.With([new LedgerEntry("came back", "1", null, 7), new LedgerEntry("came back earlier", "1", null, 7)]);
        var fences = head.FencesAfter(
            [TileChange.Remove(new ObservationRef("set again", ""), 9), TileChange.Remove(new ObservationRef("new", ""), 2)], ledger, Now);
        Assert.Equal(
            [
                new LedgerFence("kept", 4, Now.AddMinutes(-59)), new LedgerFence("came back earlier", 8, Now),
                new LedgerFence("set again", 9, Now), new LedgerFence("new", 2, Now),
            ],
            fences);
        // One that is as new as the entry says nothing that the entry does not.
        Assert.DoesNotContain(head.FencesAfter([], TileLedger.Empty.With([new LedgerEntry("came back", "1", null, 6)]), Now), fence =>
            fence.Observation == "came back");
    }

    [Fact]
    public void The_newest_night_is_the_latest_of_all_in_whatever_order_they_came()
    {
        var nights = new NightCalendar(12);
        double StartOf(int night) => (night - 51544) * 86400.0 + 20 * 3600;
        var entries = new[] { 60002, 60005, 60001 }.Select((night, i) => new LedgerEntry($"{i}", "1", StartS: StartOf(night))).ToArray();
        Assert.Equal(60005, Head(entries, []).NewestNight(nights));
        Assert.Equal(60005, Head([.. entries.Reverse()], []).NewestNight(nights));
        Assert.Equal(60002, Head([entries[0], new LedgerEntry("undated", "1")], []).NewestNight(nights));
        Assert.Null(Head([new LedgerEntry("undated", "1")], []).NewestNight(nights));
        Assert.Equal(1, Head([entries[0], new LedgerEntry("undated", "1")], []).Undated);
    }

    private static TileHead Head(LedgerEntry[] entries, LedgerFence[] fences) => new(
        new StoredManifest(new TileManifest
        {
            Tile = "t",
            Revision = 1,
            CommitId = "c",
            Fences = fences,
            Observations = entries.Length,
            CommittedAt = Now
        }, "etag"),
        TileLedger.Empty.With(entries));
}
