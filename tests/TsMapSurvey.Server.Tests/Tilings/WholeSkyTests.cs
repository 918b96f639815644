using System.Globalization;
using System.Net;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Server.Tests.Browser;

namespace TsMapSurvey.Server.Tests.Tilings;

/// <summary>A survey whose tiles have no common pixel grid is shown on an image of the whole sky.</summary>
[Trait("Pace", "slow")]
public sealed class WholeSkyTests(Chromium chromium, CellServer server) : IClassFixture<CellServer>
{
    private const string Survey = "/api/surveys/cells";
    private const string Fresh = "?fresh=true&timeout=60";

    [Theory]
    [InlineData("sqrt_ts")]
    [InlineData("counts")]
    public async Task Each_pixel_is_that_of_the_survey_at_its_centre(string quantity)
    {
        var image = await ReadAsync($"{Survey}/mosaic/{quantity}.fits{Fresh}");
        var grid = await ReadAsync($"/api/surveys/small/mosaic/{quantity}.fits{Fresh}");
        var (width, compared) = (image.Geometry.Width, 0);
        Assert.Equal((1300, 650), (width, image.Geometry.Height));
        for (var i = 0; i < image.Data.Length; i++)
        {
            if (image.Geometry.Grid!.PixelCentre(i % width, i / width) is { } centre
                && grid.Geometry.Grid!.TryPixelOf(centre, out int x, out int y) && double.IsFinite(grid[0, y, x]))
            {
                Assert.Equal(grid[0, y, x], image.Data[i], 1e-6 * Math.Max(1, Math.Abs(grid[0, y, x])));
                compared++;
            }
            else Assert.Equal(double.NaN, image.Data[i]);
        }

        Assert.True(compared > 20, $"{compared} pixels compared");
        var json = (await server.Client.GetAsync($"{Survey}/mosaic/{quantity}.json")).Json;
        Assert.Equal((1300, false), (json.GetProperty("width").GetInt32(), json.GetProperty("stale").GetBoolean()));
        var statistics = (await server.Client.GetAsync($"{Survey}/statistics?quantity={quantity}")).Json.GetProperty("statistics");
        Assert.Equal(image.Data.Where(double.IsFinite).Max(), statistics.GetProperty("max").GetDouble(), 1e-9);
        foreach (var picture in new[] { $"mosaic/{quantity}.png", $"preview.png?quantity={quantity}" })
            Assert.Equal((HttpStatusCode.OK, "image/png"), Answer(await server.Client.GetAsync($"{Survey}/{picture}")));
    }

    [Fact]
    public async Task What_is_no_layer_of_the_sky_is_refused_with_those_that_are()
    {
        var answer = await server.Client.GetAsync($"{Survey}/mosaic/niter.json");
        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Contains("sqrt_ts", answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_page_shows_it_and_a_click_the_values_of_its_position(bool hasWebGl)
    {
        await server.Client.GetAsync($"{Survey}/mosaic/sqrt_ts.json{Fresh}");
        await using var page = await chromium.OpenAsync(server.Address, "/surveys/cells", hasWebGl: hasWebGl);
        Assert.Equal(
            hasWebGl ? "HiPS" : "picture of the server", await page.Page.Locator("#frame").GetAttributeAsync("data-drawn"));
        var box = (await page.Page.Locator(hasWebGl ? "#sky" : "#image").BoundingBoxAsync())!;
        if (hasWebGl) await page.Page.Mouse.ClickAsync(box.X + box.Width / 2, box.Y + box.Height / 2);
        else
        {
            // The place of the survey's middle on the whole sky.
            var image = await ReadAsync($"{Survey}/mosaic/sqrt_ts.fits");
            var middle = Array.FindIndex(image.Data, double.IsFinite) + image.Geometry.Width * 3;
            var (x, y) = (middle % image.Geometry.Width, middle / image.Geometry.Width);
            await page.Page.Locator("#show-whole").ClickAsync();
            box = (await page.Page.Locator("#image").BoundingBoxAsync())!;
            await page.Page.Mouse.ClickAsync(
                box.X + box.Width * (x + 0.5f) / image.Geometry.Width, box.Y + box.Height * (1 - (y + 0.5f) / image.Geometry.Height));
        }

        var shown = await page.PositionAsync();
        var (ra, dec) = (page.Chosen["at"].Split(',')[0], page.Chosen["at"].Split(',')[1]);
        var point = (await server.Client.GetAsync($"{Survey}/point/{ra},{dec}")).Json;
        Assert.Equal(
            point.GetProperty("sqrtTs").GetDouble().ToString("F2", CultureInfo.InvariantCulture).Replace('-', '\u2212'), shown["√TS"]);
        page.AssertQuiet();
    }

    private static (HttpStatusCode, string?) Answer(Answer answer) => (answer.Status, answer.ContentHeaders.ContentType?.MediaType);

    private async Task<Map<double>> ReadAsync(string path)
    {
        var answer = await server.Client.UntilAsync(path, one => one.Status == HttpStatusCode.OK);
        using var file = FitsFile.Open(new MemoryStream(answer.Bytes), path);
        return MapReader.Read(file, file.Hdus.OfType<FitsImage>().First(image => image.Count > 0));
    }
}
