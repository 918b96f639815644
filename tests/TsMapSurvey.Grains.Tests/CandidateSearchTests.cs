using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Mosaics;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Tests;

public sealed class CandidateSearchTests
{
    private static readonly MapPeak[] Peaks = [.. Enumerable.Range(0, 1203).Select(i => Peak(i % 360, 3 + (i * 7919 % 1203) / 10.0))];

    private static readonly GridTiling Tiling = new(new SkyGrid(
        Wcs.Create(SkyFrame.Icrs, Projection.Car, new SkyPosition(0, 0, SkyFrame.Icrs), 1, 1, -1, 1), 256, 128));

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(500)]
    public void Pages_are_together_the_whole_list_the_most_significant_first(int limit)
    {
        var pages = Pages(limit);

        Assert.All(pages.SkipLast(1), page => Assert.Equal(limit, page.Length));
        var all = pages.SelectMany(page => page).ToArray();
        Assert.Equal(Peaks.Length, all.Length);
        Assert.Equal(Peaks.Select(peak => peak.SqrtTs).OrderDescending(), all.Select(one => one.SqrtTs));
        Assert.Equal(all.Length, all.Select(CandidatePlace.Of).Distinct().Count());
    }

    [Theory]
    [InlineData(501)]
    [InlineData(int.MaxValue)]
    public void No_page_has_more_than_a_message_holds(int limit) => Assert.Equal(500, Page(Peaks, limit, null).Items.Length);

    [Fact]
    public void A_page_begins_where_the_one_before_ended_when_a_candidate_has_come_and_one_is_gone_meanwhile()
    {
        var first = Page(Peaks, 10, null);
        var gone = Peaks.Single(peak => peak.SqrtTs == first.Items[^1].SqrtTs && peak.RaDeg == first.Items[^1].RaDeg);

        var second = Page([.. Peaks.Where(peak => peak != gone), Peak(200.5, 1000)], 10, first.Next);

        Assert.Equal(Page(Peaks, 20, null).Items.Skip(10).Select(CandidatePlace.Of), second.Items.Select(CandidatePlace.Of));
    }

    [Theory]
    [InlineData(5.25, "x001y002", 83.633)]
    [InlineData(1.0 / 3, "x1000y000", 0)]
    [InlineData(1e300, "x000y000", 359.99999999999994)]
    public void A_place_is_read_back_exactly(double sqrtTs, string tile, double raDeg)
    {
        var place = new CandidatePlace(sqrtTs, tile, raDeg);

        Assert.Equal(place, CandidatePlace.Parse(place.ToString(), null));
    }

    private static List<Candidate[]> Pages(int limit)
    {
        var pages = new List<Candidate[]>();
        for (CandidatePlace? after = null; ;)
        {
            var (items, next) = Page(Peaks, limit, after);
            pages.Add([.. items]);
            if ((after = next) is null) return pages;
        }
    }

    private static (System.Collections.Immutable.ImmutableArray<Candidate> Items, CandidatePlace? Next) Page(
        MapPeak[] peaks, int limit, CandidatePlace? after) => CandidateSearch.Find(
        Tiling,
        [Facts("x000y000", peaks.Where(peak => (int)peak.RaDeg % 2 == 0)),
            Facts("x001y000", peaks.Where(peak => (int)peak.RaDeg % 2 == 1))],
        new CandidateRequest("point", 3, 0, false, TimeSpan.Zero, Limit: limit, After: after));

    private static MapFacts Facts(string tile, IEnumerable<MapPeak> peaks) =>
        new() { Tile = tile, Map = "point", Revision = 1, ComputedAt = DateTimeOffset.UnixEpoch, Peaks = [.. peaks] };

    private static MapPeak Peak(double raDeg, double sqrtTs) =>
        new(raDeg, 0, sqrtTs, sqrtTs * sqrtTs, 1e-12, 1e-13, 0, 1, 10, 2e-12, 0.1, 0.1, 0.1, 0, false);
}
