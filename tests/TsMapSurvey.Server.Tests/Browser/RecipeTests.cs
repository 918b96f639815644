namespace TsMapSurvey.Server.Tests.Browser;

/// <summary>"How do I get this?": the lines do what they say.</summary>
[Collection(BrowserCollection.Name)]
[Trait("Pace", "slow")]
public sealed class RecipeTests(Chromium chromium, StackedServer server)
{
    /// <summary>By title, of the page of the collection's server: opened once for all tests.</summary>
    private static Dictionary<string, string>? _recipes;

    [Fact]
    public async Task The_lines_for_curl_fetch_what_is_on_screen()
    {
        using var folder = new TemporaryFolder();
        var lines = await RecipeAsync("curl");

        var run = Tools.Run("bash", ["-euc", lines], folder: folder.Path);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("\"sqrtTs\"", run.Output, StringComparison.Ordinal);
        Assert.StartsWith("SIMPLE  =", await File.ReadAllTextAsync(folder.File("flux.fits")), StringComparison.Ordinal);
        Assert.StartsWith("# %ECSV", await File.ReadAllTextAsync(folder.File("candidates.ecsv")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_lines_for_astropy_open_the_image_and_the_candidates()
    {
        var python = Tools.NeedAstropy();

        var run = Tools.Run(python, ["-c", await RecipeAsync("Python: astropy")]);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("sqrt_ts", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_lines_for_gammapy_open_the_tile()
    {
        var python = Tools.NeedGammapy();
        using var folder = new TemporaryFolder();

        var run = Tools.Run(python, ["-c", await RecipeAsync("gammapy")], folder: folder.Path);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("MapDataset", run.Output, StringComparison.Ordinal);
        Assert.Contains("'sqrt_ts'", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_link_opens_the_same_view()
    {
        var link = await RecipeAsync("Link to this view");

        await using var page = await chromium.OpenAsync(server.Address, new Uri(link).PathAndQuery);

        Assert.Equal("flux", await page.Page.Locator("#quantity").InputValueAsync());
    }

    private async Task<string> RecipeAsync(string title) => (_recipes ??= await RecipesAsync())[title];

    private async Task<Dictionary<string, string>> RecipesAsync()
    {
        await using var page = await chromium.OpenAsync(server.Address, "/surveys/small?map=bands&quantity=flux&energy=1&sources=3");
        await page.Page.Locator("#candidates .go button").First.ClickAsync();
        await page.PositionAsync();
        await page.Page.Locator("#open-recipes").ClickAsync();
        return await page.Page.EvaluateAsync<Dictionary<string, string>>(
            "() => Object.fromEntries([...document.querySelectorAll('#recipe-list pre')].map(one => [one.ariaLabel, one.innerText]))");
    }
}
