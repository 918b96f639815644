using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Slices;
using TsMapSurvey.Grains.Tiles;
using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Surveys;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Grains.Tests;

/// <summary>Which observations a night has, and by which name its sum is stored.</summary>
public sealed class NightLedgerTests
{
    private static readonly NightCalendar Nights = new(12);

    [Fact]
    public void Nights_come_in_order_each_with_its_observations_as_they_came()
    {
        var nights = NightLedger.Of(TileLedger.Empty.With(
            [Entry("c", 60002), Entry("a", 60001), new LedgerEntry("undated", "1"), Entry("b", 60002)]), Nights).ToArray();
        Assert.Equal([60001, 60002], nights.Select(night => night.Number));
        Assert.Equal(["c", "b"], nights[1].Entries.Select(entry => entry.Observation));
    }

    [Fact]
    public void The_digest_tells_observations_versions_decisions_and_order_apart()
    {
        LedgerEntry one = Entry("a", 60001), two = Entry("b", 60001);
        string[] digests =
        [
            DigestOf(one), DigestOf(two), DigestOf(one, two), DigestOf(two, one), DigestOf(one with { Hash = "other" }, two),
            DigestOf(one with { Generation = 2 }, two),
            DigestOf(one, two with { Hash = null, ETag = "e1" }), DigestOf(one, two with { Hash = null, ETag = "e2" }),
        ];
        Assert.Equal(digests.Length, digests.Distinct().Count());
        // The same content under another ETag is the same.
        Assert.Equal(DigestOf(one, two), DigestOf(one with { ETag = "touched" }, two));
    }

    [Fact]
    public void A_digest_says_how_many_of_the_first_ones_it_has()
    {
        var night = Of(Entry("a", 60001), Entry("b", 60001));
        Assert.Equal((0, 1, 2), (night.CountOf(""), night.CountOf(DigestOf(Entry("a", 60001))), night.CountOf(night.Digest)));
        Assert.Null(night.CountOf(DigestOf(Entry("b", 60001))));
        Assert.Equal(night.Digest, night.DigestOf(2));
    }

    [Fact]
    public void A_window_is_so_many_nights_up_to_the_newest_of_all_tiles()
    {
        var survey = NightlySurvey.Resolved;
        TileSummary[] tiles = [Tile(null), Tile(60003), Tile(60007), Tile(60005)];
        Assert.Equal(NightlySurvey.Window(3, 60007), SliceWindows.Of(survey, "3d", tiles));
        Assert.Equal(NightlySurvey.Window(1, 60007), SliceWindows.Of(survey, "1d", tiles));
        Assert.Equal((60005, 60007), (SliceWindows.Of(survey, "3d", tiles)!.FirstNight, SliceWindows.Of(survey, "3d", tiles)!.LastNight));
        Assert.Equal(TimeSpan.FromDays(3), SliceWindows.Of(survey, "3d", tiles)!.End - SliceWindows.Of(survey, "3d", tiles)!.Start);
        Assert.Null(SliceWindows.Of(survey, "all", tiles));
        Assert.Null(SliceWindows.Of(survey, "3d", tiles[..1]));
        Assert.Equal(NameKind.Slice, Assert.Throws<SurveyException>(() => SliceWindows.Of(survey, "7d", tiles)).Unknown);
    }

    private static TileSummary Tile(int? newest) => new("t", 0, 0, 1, 1, null, [], null, newest);

    private static LedgerEntry Entry(string name, int night) =>
        new(name, $"etag-{name}", $"hash-{name}", 1, 10, (night - 51544) * 86400.0 + 20 * 3600);

    private static NightLedger Of(params LedgerEntry[] entries) => NightLedger.Of(TileLedger.Empty.With(entries), Nights).Single();

    private static string DigestOf(params LedgerEntry[] entries) => Of(entries).Digest;
}
