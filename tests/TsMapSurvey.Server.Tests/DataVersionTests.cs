using Microsoft.AspNetCore.Http;
using TsMapSurvey.Contracts;
using TsMapSurvey.Server.Api;

namespace TsMapSurvey.Server.Tests;

public sealed class DataVersionTests
{
    private static readonly DateTimeOffset At = new(2020, 6, 5, 1, 2, 3, 4, TimeSpan.Zero);
    private static readonly SliceWindow Window = new("7d", 58998, 59004, At.AddDays(-7), At);
    private static readonly DataVersion All = new(12, At, false);

    [Fact]
    public void An_answer_says_its_revision_when_it_was_made_and_whether_it_is_stale()
    {
        Assert.Equal(
            ["Tsmap-Computed-At: 2020-06-05T01:02:03.0040000+00:00", "Tsmap-Revision: 12", "Tsmap-Slice: all", "Tsmap-Stale: false"],
            Headers(All));
        Assert.Contains("Tsmap-Stale: true", Headers(All with { Stale = true }));
        Assert.Contains("Tsmap-Revision: 13", Headers(All with { Revision = 13 }));
        Assert.DoesNotContain(
            Headers(All with { ComputedAt = null }), header => header.StartsWith("Tsmap-Computed-At", StringComparison.Ordinal));
    }

    [Fact]
    public void An_answer_of_a_slice_says_its_nights() => Assert.Equal(
        [
            "Tsmap-Computed-At: 2020-06-05T01:02:03.0040000+00:00", "Tsmap-Revision: 12", "Tsmap-Slice: 7d", "Tsmap-Stale: false",
            "Tsmap-Window-End: 2020-06-05T01:02:03.0040000+00:00", "Tsmap-Window-Start: 2020-05-29T01:02:03.0040000+00:00",
        ],
        Headers(All with { Window = Window }));

    [Fact]
    public void An_answer_that_lacks_tiles_names_them_a_hundred_at_most()
    {
        MissingTile[] tiles = [.. Enumerable.Range(0, 101).Select(i => new MissingTile($"x{i:D3}y000", "gone"))];
        Assert.Null(DataVersion.Names([]));
        Assert.DoesNotContain(Headers(All), header => header.Contains("Missing", StringComparison.Ordinal));
        Assert.Contains("Tsmap-Missing-Tiles: x000y000,x001y000", Headers(All with { Missing = DataVersion.Names(tiles[..2]) }));
        Assert.EndsWith(",x099y000,...", DataVersion.Names(tiles), StringComparison.Ordinal);
    }

    [Fact]
    public void No_two_contents_have_one_tag_or_one_name()
    {
        DataVersion[] others =
        [
            All, All with { Revision = 13 }, All with { ComputedAt = At.AddTicks(1) }, All with { ComputedAt = null },
            All with { Window = Window },
            All with { Window = Window with { LastNight = 59005 } }, All with { Window = Window with { Slice = "1d" } },
        ];
        Assert.Equal(others.Length, others.Select(version => version.ETag).Distinct().Count());
        Assert.Equal(["", "-1d-59004", "-7d-59004", "-7d-59005"], others.Select(version => version.InName).Distinct()
            .Order(StringComparer.Ordinal));
        // Staleness does not change the content.
        Assert.Equal(All.ETag, (All with { Stale = true }).ETag);
        Assert.All(others, version => Assert.Matches("^\"[^\"]+\"$", version.ETag));
    }

    private static IEnumerable<string> Headers(DataVersion version)
    {
        var context = new DefaultHttpContext();
        version.WriteTo(context.Response.Headers);
        return context.Response.Headers.Select(header => $"{header.Key}: {header.Value}").Order(StringComparer.Ordinal);
    }
}
