namespace TsMapSurvey.Server.Tests.Browser;

[Trait("Pace", "slow")]
public sealed class SlicePageTests(Chromium chromium, SlicedServer server) : IClassFixture<SlicedServer>
{
    [Fact]
    public async Task The_page_offers_the_slices_and_shows_the_one_that_is_chosen()
    {
        await using var all = await chromium.OpenAsync(server.Address, "/surveys/small");
        Assert.Equal(
            ["all", "last 2 nights", "last night"], await all.Page.Locator("#slice option").AllInnerTextsAsync());
        Assert.DoesNotContain("nights from", await all.TextAsync("#standing"), StringComparison.Ordinal);

        await all.Page.Locator("#slice").SelectOptionAsync("1d");

        await all.Page.WaitForFunctionAsync("() => document.getElementById('standing').textContent.includes('nights from')");
        Assert.EndsWith(
            "; nights from 2020-06-04 12:00 to 2020-06-05 12:00 UTC", await all.TextAsync("#standing"), StringComparison.Ordinal);
        Assert.Contains("slice=1d", await all.Page.Locator("#fits").GetAttributeAsync("href"), StringComparison.Ordinal);
        Assert.Equal("1d", all.Chosen["slice"]);
    }
}
