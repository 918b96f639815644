using System.Globalization;
using System.Text.Json;
using SkiaSharp;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Server.Tests.Browser;

[Collection(BrowserCollection.Name)]
[Trait("Pace", "slow")]
public sealed class SkyTests(Chromium chromium, StackedServer server)
{
    private const string Survey = "/surveys/small";
    private const string Api = "/api/surveys/small";

    [Fact]
    public async Task The_sky_shows_the_survey_and_nothing_leaves_the_machine()
    {
        await using var page = await chromium.OpenAsync(server.Address, Survey);

        var counts = Pixels(await page.Page.Locator("#sky").ScreenshotAsync());
        Assert.True(counts.Bright > 0.2 * counts.All, $"{counts.Bright} of {counts.All} pixels are brighter than the background");
        Assert.Equal("Aladin", (await page.Page.Locator("#sky .aladin-logo-container a").GetAttributeAsync("title"))!.Split(' ')[2]);
        Assert.Contains("revision", await page.TextAsync("#standing"), StringComparison.Ordinal);
        page.AssertQuiet();
    }

    [Fact]
    public async Task A_click_on_a_candidate_shows_its_values()
    {
        var candidate = (await server.Client.GetAsync($"{Api}/candidates.json?min_sqrt_ts=3")).Json[0];
        var (ra, dec) = (candidate.GetProperty("ra").GetDouble(), candidate.GetProperty("dec").GetDouble());
        await using var page = await chromium.OpenAsync(server.Address, View(ra, dec, 3) + "&sources=3");

        await page.Page.Locator("#sky").ClickAsync();

        var shown = await page.PositionAsync();
        Assert.Equal(Rounded(ra, dec), page.Chosen["at"]);
        await AssertValuesAsync(shown, page.Chosen["at"]);
        page.AssertQuiet();
    }

    [Fact]
    public async Task A_click_anywhere_shows_the_values_of_that_position()
    {
        var (ra, dec) = Centre;
        await using var page = await chromium.OpenAsync(server.Address, View(ra, dec, 3) + "&show=");
        var box = (await page.Page.Locator("#sky").BoundingBoxAsync())!;

        await page.Page.Mouse.ClickAsync(box.X + box.Width / 2 - 100, box.Y + box.Height / 2);

        var shown = await page.PositionAsync();
        var at = page.Chosen["at"].Split(',').Select(part => double.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        var (centre, clicked) = (new SkyPosition(ra, dec, SkyFrame.Icrs), new SkyPosition(at[0], at[1], SkyFrame.Icrs));
        // The tangential projection: tan(angle) grows linearly from the centre, and the width of the view is 3 degrees.
        var expected = Math.Atan(200 / box.Width * Math.Tan(double.DegreesToRadians(1.5))) * 180 / Math.PI;
        Assert.Equal(expected, centre.SeparationDeg(clicked), 0.02);
        // The view has galactic north up, so that the left is the direction of growing longitude.
        Assert.Equal(centre.To(SkyFrame.Galactic).LatDeg, clicked.To(SkyFrame.Galactic).LatDeg, 0.02);
        Assert.True(clicked.To(SkyFrame.Galactic).LonDeg > centre.To(SkyFrame.Galactic).LonDeg);
        await AssertValuesAsync(shown, page.Chosen["at"]);
        page.AssertQuiet();
    }

    [Fact]
    public async Task Positions_are_converted_as_by_the_library()
    {
        await using var page = await chromium.OpenAsync(server.Address, Survey, isDrawn: false);
        var random = new Random(14);
        SkyPosition[] places = [.. Enumerable.Range(0, 200).Select(_ =>
            new SkyPosition(random.NextDouble() * 360, Math.Asin(2 * random.NextDouble() - 1) * 180 / Math.PI, SkyFrame.Icrs))];
        var converted = await page.Page.EvaluateAsync<double[][]>(
            "async places => { const f = await import('/page/frames.js'); "
            + "return places.map(place => [...f.toGalactic(...place), ...f.toIcrs(...f.toGalactic(...place))]); }",
            places.Select(place => new[] { place.LonDeg, place.LatDeg }).ToArray());
        Assert.Equal(places.Length, converted.Length);
        foreach (var (icrs, found) in places.Zip(converted))
        {
            Assert.True(new SkyPosition(found[0], found[1], SkyFrame.Galactic).SeparationDeg(icrs) < 1e-8);
            Assert.True(new SkyPosition(found[2], found[3], SkyFrame.Icrs).SeparationDeg(icrs) < 1e-8);
        }
    }

    [Fact]
    public async Task A_position_can_be_entered_in_the_usual_forms()
    {
        (string Text, string Frame, double Ra, double Dec)[] forms =
        [
            ("266.4168 -29.0078", "icrs", 266.4168, -29.0078),
            ("17:45:40.04 \u221229:00:28.1", "icrs", 266.416833, -29.007806),
            ("17h45m40.04s -29d00m28.1s", "icrs", 266.416833, -29.007806),
            ("17 45 40.04 -29 00 28.1", "icrs", 266.416833, -29.007806),
            ("0, 0", "galactic", 266.404988, -28.936178),
        ];
        await using var page = await chromium.OpenAsync(server.Address, Survey, isDrawn: false);

        foreach (var (text, frame, ra, dec) in forms)
        {
            var found = await page.Page.EvaluateAsync<double[]>(
                $"async () => (await import('/page/frames.js')).parsePosition({JsonSerializer.Serialize(text)}, '{frame}')");

            Assert.True(Math.Abs(ra - found[0]) < 1e-6 && Math.Abs(dec - found[1]) < 1e-6, $"{text}: {found[0]}, {found[1]}");
        }
    }

    private static (double Ra, double Dec) Centre
    {
        get
        {
            var icrs = new SkyPosition(340.52, 0.33, SkyFrame.Galactic).To(SkyFrame.Icrs);
            return (Math.Round(icrs.LonDeg, 4), Math.Round(icrs.LatDeg, 4));
        }
    }

    private static string View(double ra, double dec, double fov) => FormattableString.Invariant($"{Survey}?view={ra},{dec},{fov}");

    private static string Rounded(double ra, double dec) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Round(ra, 6)},{Math.Round(dec, 6)}");

    /// <summary>The panel has what the API says about the position.</summary>
    private async Task AssertValuesAsync(IReadOnlyDictionary<string, string> shown, string at)
    {
        var point = (await server.Client.GetAsync($"{Api}/point/{at}?map=point")).Json;
        Assert.Equal(Text(point.GetProperty("sqrtTs").GetDouble(), "F2"), shown["√TS"]);
        Assert.StartsWith(Power(point.GetProperty("flux").GetDouble()), shown["Flux (cm⁻² s⁻¹)"], StringComparison.Ordinal);
        Assert.Contains(point.GetProperty("tile").GetString()!, shown["Tile, revision"], StringComparison.Ordinal);
    }

    private static string Text(double value, string format) =>
        value.ToString(format, CultureInfo.InvariantCulture).Replace('-', '\u2212');

    private static string Power(double value)
    {
        var parts = value.ToString("E2", CultureInfo.InvariantCulture).Split('E');
        var digits = int.Parse(parts[1], CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
        return parts[0].Replace('-', '\u2212') + "\u00d710" + string.Concat(
            digits.Select(c => c == '-' ? '\u207b' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c - '0']));
    }

    private static (int Bright, int All) Pixels(byte[] png)
    {
        using var picture = SKBitmap.Decode(png);
        return (picture.Pixels.Count(color => color.Red + color.Green + color.Blue > 450), picture.Pixels.Length);
    }
}
