using System.Globalization;
using System.Text.Json;
using TsMapSurvey.Server.Tests.Vo.Cubes;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Server.Tests.Browser;

/// <summary>The spectrum from the cubes of a survey, on its page.</summary>
[Collection(BrowserCollection.Name)]
[Trait("Pace", "slow")]
public sealed class CubePageTests(Chromium chromium, CubeServer server, StackedServer small) : IClassFixture<CubeServer>
{
    private static readonly SkyPosition Middle = new SkyPosition(340, 0, SkyFrame.Galactic).To(SkyFrame.Icrs);

    private static readonly string Path = string.Create(
        CultureInfo.InvariantCulture, $"/surveys/cube?map=bins&frame=icrs&view={Middle.LonDeg:F4},{Middle.LatDeg:F4},3");

    [Fact]
    public async Task The_spectrum_under_the_mouse_is_that_of_the_point_service()
    {
        await using var page = await chromium.OpenAsync(server.Address, Path);
        var box = (await page.Page.Locator("#sky").BoundingBoxAsync())!;

        await page.Page.Mouse.MoveAsync(box.X + box.Width / 2 - 60, box.Y + box.Height / 2 + 20);
        await page.Page.Mouse.MoveAsync(box.X + box.Width / 2 - 90, box.Y + box.Height / 2 + 35);

        var first = await AssertSpectrumAsync(page, "");
        await page.Page.Mouse.MoveAsync(box.X + box.Width / 2 + 120, box.Y + box.Height / 2 - 45);
        var second = await AssertSpectrumAsync(page, first);
        Assert.Equal(2, await page.Page.Locator("#cube-plots svg.plot").CountAsync());
        Assert.NotEqual(first, second);
        page.AssertQuiet();
    }

    [Fact]
    public async Task Keys_move_the_map_and_the_spectrum_is_that_of_its_centre()
    {
        await using var page = await chromium.OpenAsync(server.Address, Path);

        await page.Page.Keyboard.PressAsync("m");
        await page.Page.Keyboard.PressAsync("ArrowLeft");
        var moved = await AssertSpectrumAsync(page, "");
        await page.Page.Keyboard.PressAsync("Shift+ArrowUp");
        var again = await AssertSpectrumAsync(page, moved);
        Assert.True(Position(again).LatDeg > Position(moved).LatDeg);
        page.AssertQuiet();
    }

    [Fact]
    public async Task A_phone_shows_the_spectrum_of_the_chosen_position_within_its_width()
    {
        await using var page = await chromium.OpenAsync(server.Address, Path, width: 390, height: 844);
        await page.Page.Locator("#where").FillAsync(string.Create(
            CultureInfo.InvariantCulture, $"{Middle.LonDeg + 0.4:F4} {Middle.LatDeg + 0.3:F4}"));
        await page.Page.Keyboard.PressAsync("Enter");

        await AssertSpectrumAsync(page, "");
        Assert.True(await page.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth") <= 390);
        Assert.True((await page.Page.Locator("#cube-plots svg").First.BoundingBoxAsync())!.Width > 250);
    }

    [Fact]
    public async Task The_plain_picture_shows_the_spectrum_of_the_chosen_position_too()
    {
        await using var page = await chromium.OpenAsync(server.Address, "/surveys/cube?map=point", hasWebGl: false);

        await page.Page.Locator("#image").ClickAsync();

        await AssertSpectrumAsync(page, "");
        // The map of one bin has no sqrt_ts by energy; that of the other map is shown, and said to be its.
        Assert.Contains("√TS of map bins", await page.TextAsync("#cube-plots"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_survey_without_cubes_has_no_such_part()
    {
        await using var page = await chromium.OpenAsync(small.Address, "/surveys/small");

        Assert.False(await page.Page.Locator("#cube-field").IsVisibleAsync());
    }

    [Fact]
    public async Task Cells_of_the_sky_are_those_of_the_library()
    {
        await using var page = await chromium.OpenAsync(server.Address, Path, isDrawn: false);
        var random = new Random(3);
        var places = Enumerable.Range(0, 600).Select(i => (
            Order: random.Next(0, 22), Ra: random.NextDouble() * 360,
            Dec: i % 3 == 0 ? 90 - Math.Pow(10, -random.NextDouble() * 6) : Math.Asin(2 * random.NextDouble() - 1) * 180 / Math.PI))
            .Select(place => random.Next(2) == 0 ? place : place with { Dec = -place.Dec }).ToArray();

        var found = await page.Page.EvaluateAsync<double[]>(
            "async places => { const { cellOf, nested } = await import('/page/healpix.js'); "
            + "return places.map(([order, ra, dec]) => nested(cellOf(ra, dec, order), order)); }",
            places.Select(place => new[] { place.Order, place.Ra, place.Dec }).ToArray());

        Assert.Equal(
            places.Select(place => (double)HealpixCell.Containing(
                new SkyPosition(place.Ra, place.Dec, SkyFrame.Icrs), place.Order).Index),
            found);
    }

    /// <summary>Waits for the spectrum of another position, and compares it with what the API says about the pixel there.</summary>
    /// <returns>Its position as text.</returns>
    private async Task<string> AssertSpectrumAsync(OpenPage page, string before)
    {
        await page.Page.WaitForFunctionAsync(
            "before => document.querySelectorAll('#cube-plots svg').length === 2 && ![before, undefined]"
            + ".includes(document.getElementById('cube-field').dataset.at)", before);
        var shown = await page.Page.EvaluateAsync<string[]>(
            "() => [document.getElementById('cube-field').dataset.at, document.getElementById('cube-note').textContent, "
            + "...[...document.querySelectorAll('#cube-plots svg')].map(svg => svg.getAttribute('aria-label'))]");
        var pixel = HealpixCell.Containing(Position(shown[0]), 11).Centre;
        var at = string.Create(CultureInfo.InvariantCulture, $"/api/surveys/cube/point/{pixel.LonDeg:R},{pixel.LatDeg:R}");
        var sqrtTs = Values(shown[3]);
        Assert.Equal(13, sqrtTs.Length);
        for (var bin = 0; bin < 13; bin++)
        {
            var point = (await server.Client.GetAsync($"{at}?map=bins&energy={bin}")).Json;
            if (bin == 0)
            {
                Assert.Contains($"{point.GetProperty("counts").GetDouble():0} counts", shown[1], StringComparison.Ordinal);
                Assert.Equal(point.GetProperty("counts").GetDouble(), Values(shown[2]).Sum());
            }

            var value = point.GetProperty("sqrtTs");
            if (value.ValueKind != JsonValueKind.Number) Assert.Equal(double.NaN, sqrtTs[bin]);
            // Shown with three digits.
            else Assert.Equal(value.GetDouble(), sqrtTs[bin], 1e-3 + 0.006 * Math.Abs(value.GetDouble()));
        }

        return shown[0];
    }

    private static SkyPosition Position(string at)
    {
        var parts = at.Split(',').Select(part => double.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return new SkyPosition(parts[0], parts[1], SkyFrame.Icrs);
    }

    /// <summary>The numbers of a plot's description: "Counts by energy: 1.05 to 1.36 TeV 3, ...".</summary>
    private static double[] Values(string label) => [.. label[(label.IndexOf(':', StringComparison.Ordinal) + 1)..].Split(", ")
        .Select(part => part[(part.IndexOf("TeV ", StringComparison.Ordinal) + 4)..].Replace('\u2212', '-'))
        .Select(text => text == "none" ? double.NaN : Number(text))];

    private static double Number(string text)
    {
        var parts = text.Split("\u00d710");
        if (parts.Length == 1) return double.Parse(text, CultureInfo.InvariantCulture);
        var power = string.Concat(parts[1].Select(
            c => c == '\u207b' ? '-' : (char)('0' + "⁰¹²³⁴⁵⁶⁷⁸⁹".IndexOf(c, StringComparison.Ordinal))));
        return double.Parse($"{parts[0]}e{power}", CultureInfo.InvariantCulture);
    }
}
