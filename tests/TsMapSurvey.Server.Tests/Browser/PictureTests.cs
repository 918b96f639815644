namespace TsMapSurvey.Server.Tests.Browser;

/// <summary>The page without WebGL.</summary>
[Collection(BrowserCollection.Name)]
[Trait("Pace", "slow")]
public sealed class PictureTests(Chromium chromium, StackedServer server)
{
    [Fact]
    public async Task Without_WebGL_the_page_shows_the_picture_and_the_tables()
    {
        await using var page = await OpenAsync();

        Assert.Contains("no WebGL", await page.TextAsync("#readout"), StringComparison.Ordinal);
        Assert.Equal("60 40", await page.Page.EvaluateAsync<string>(
            "() => `${document.getElementById('image').width} ${document.getElementById('image').height}`"));
        await page.Page.WaitForSelectorAsync("#observations tbody tr:nth-child(5)");
        var observations = await page.TextAsync("#observations");
        foreach (var name in new[] { "sim-0001.fits.gz", "sim-0004.fits.gz", "night/<b>bad.fits" })
            Assert.Contains(name, observations, StringComparison.Ordinal);
        Assert.Contains("found", await page.Page.Locator("#observations .reason").First.TextContentAsync(), StringComparison.Ordinal);
        Assert.Contains("UTC", observations, StringComparison.Ordinal);
        Assert.Contains("x001y001", await page.TextAsync("#tiles"), StringComparison.Ordinal);
        Assert.StartsWith("colours from", await page.Page.Locator("#legend-bar").GetAttributeAsync("alt"), StringComparison.Ordinal);
        page.AssertQuiet();
    }

    [Fact]
    public async Task A_click_on_the_picture_shows_the_values_of_its_pixel()
    {
        await using var page = await OpenAsync();
        var box = (await page.Page.Locator("#image").BoundingBoxAsync())!;

        await page.Page.Mouse.ClickAsync(box.X + box.Width * 20.5f / 60, box.Y + box.Height * (1 - 10.5f / 40));

        var shown = await page.PositionAsync();
        var pixel = (await server.Client.GetAsync("/api/surveys/small/pixel/20,10")).Json;
        var expected = pixel.GetProperty("sqrtTs").GetDouble().ToString("F2", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(expected.Replace('-', '\u2212'), shown["√TS"]);
        page.AssertQuiet();
    }

    [Fact]
    public async Task The_picture_can_be_zoomed_and_moved_and_a_link_restores_it()
    {
        await using var page = await OpenAsync();

        await page.Page.Locator("#zoom-in").ClickAsync();
        var zoomed = Window(page);
        var box = (await page.Page.Locator("#image").BoundingBoxAsync())!;
        await page.Page.Mouse.MoveAsync(box.X + box.Width / 2, box.Y + box.Height / 2);
        await page.Page.Mouse.DownAsync();
        await page.Page.Mouse.MoveAsync(box.X + box.Width / 2 + 60, box.Y + box.Height / 2, new() { Steps = 3 });
        await page.Page.Mouse.UpAsync();
        var moved = Window(page);

        Assert.Equal(42, zoomed[2]);
        Assert.True(moved[0] < zoomed[0], $"from {zoomed[0]} to {moved[0]}");
        Assert.Equal(zoomed[2..], moved[2..]);
        await using var other = await OpenAsync(new Uri(page.Page.Url).Query);
        Assert.Equal(moved[2], await other.Page.EvaluateAsync<int>("() => document.getElementById('image').width"));
    }

    [Fact]
    public async Task A_plain_picture_can_be_chosen_with_WebGL_too()
    {
        await using var page = await chromium.OpenAsync(server.Address, "/surveys/small?viewer=picture");

        Assert.True(await page.Page.Locator("#image").IsVisibleAsync());
        Assert.Equal(0, await page.Page.Locator("#sky canvas").CountAsync());
    }

    [Fact]
    public async Task A_wide_survey_is_cut_into_rows_and_every_place_is_found_again()
    {
        await using var page = await chromium.OpenAsync(server.Address, "/surveys/small", isDrawn: false);
        await AssertFoundAgainAsync(page, 9000, 250, leastRows: 3);
        await AssertFoundAgainAsync(page, 400, 100, leastRows: 1);
        await AssertFoundAgainAsync(page, 100, 400, leastRows: 1);
    }

    private static async Task AssertFoundAgainAsync(OpenPage page, int width, int height, int leastRows)
    {
        var rows = await page.Page.EvaluateAsync<double[]>(
            $$"""
            async () => {
              const { Panels } = await import('/page/panels.js');
              const panels = new Panels({ left: 7, top: 3, width: {{width}}, height: {{height}} });
              let worst = 0;
              for (let x = 7; x < 7 + {{width}}; x += 13.7)
                for (let y = 3; y < 3 + {{height}}; y += 9.1) {
                  const found = panels.at(...panels.place(x, y));
                  worst = Math.max(worst, Math.abs(found[0] - x), Math.abs(found[1] - y));
                }
              return [panels.rows, worst, panels.width / panels.height];
            }
            """);

        Assert.True(leastRows == 1 ? rows[0] == 1 : rows[0] >= leastRows, $"{rows[0]} rows");
        Assert.True(rows[1] < 1e-9);
        if (leastRows > 1) Assert.InRange(rows[2], 1, 6);
    }

    [Fact]
    public async Task A_survey_that_is_not_there_is_said_so()
    {
        await using var page = await chromium.OpenAsync(server.Address, "/surveys/nix", isDrawn: false);

        await page.Page.WaitForSelectorAsync("#fault:not([hidden])");

        Assert.Contains("there is no survey 'nix'", await page.TextAsync("#fault"), StringComparison.Ordinal);
    }

    private Task<OpenPage> OpenAsync(string query = "") =>
        chromium.OpenAsync(server.Address, "/surveys/small" + query, hasWebGl: false);

    private static int[] Window(OpenPage page) =>
        [.. page.Chosen["window"].Split(',').Select(part => int.Parse(part, System.Globalization.CultureInfo.InvariantCulture))];
}
