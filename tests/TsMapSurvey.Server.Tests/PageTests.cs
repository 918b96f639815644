using System.Text.RegularExpressions;

namespace TsMapSurvey.Server.Tests;

public sealed partial class PageTests(StackedServer server) : IClassFixture<StackedServer>
{
    [Fact]
    public void The_start_page_shows_observations_candidates_tiles_and_the_map()
    {
        var page = Open("/#poll");

        foreach (var name in new[] { "sim-0001.fits.gz", "sim-0004.fits.gz", "night/&lt;b&gt;bad.fits" })
            Assert.Contains(name, page, StringComparison.Ordinal);
        Assert.Equal(5, Rows(page, "observations"));
        Assert.Matches("class=\"reason\">[^<]*found", page);
        Assert.Contains("x001y001", page, StringComparison.Ordinal);
        Assert.Matches("<canvas id=\"image\" width=\"60\" height=\"40\"", page);
        Assert.Matches("id=\"standing\"[^>]*>revision [0-9]+", page);
        Assert.Matches("id=\"legend-bar\" alt=\"colours from", page);
        Assert.DoesNotMatch("<main hidden", page);
    }

    [Fact]
    public void A_survey_that_is_not_there_is_said_so()
    {
        var page = Open("/surveys/nix#poll");

        Assert.Matches("role=\"alert\">there is no survey 'nix'", page);
    }

    [Fact]
    public void The_browser_has_nothing_to_complain_of() => Assert.Empty(Page.Console(server.Address, "/#poll"));

    /// <summary>The viewer greets in the console, in one message whose first line is empty.</summary>
    [Fact]
    public void The_viewer_of_the_API_is_not_refused_anything() =>
        Assert.All(Page.Console(server.Address, "/docs/"), line => Assert.DoesNotContain("Content Security", line, StringComparison.Ordinal));

    private static int Rows(string page, string table) =>
        Regex.Count(Regex.Match(page, $"<table id=\"{table}\">.*?<tbody>(.*?)</tbody>", RegexOptions.Singleline).Groups[1].Value, "<tr");

    private string Open(string path) => Page.Open(server.Address, path);
}
