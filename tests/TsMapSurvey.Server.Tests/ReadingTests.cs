using System.Globalization;
using System.Net;
using System.Text.Json;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Server.Tests;

public sealed class ReadingTests(StackedServer server) : IClassFixture<StackedServer>
{
    private const string Survey = "/api/surveys/small";
    private readonly Client _client = server.Client;

    [Theory]
    [InlineData("/api/surveys", "application/json")]
    [InlineData(Survey, "application/json")]
    [InlineData(Survey + "/status", "application/json")]
    [InlineData(Survey + "/info", "application/json")]
    [InlineData(Survey + "/observations?state=stacked&limit=2", "application/json")]
    [InlineData(Survey + "/observations/sim-0001.fits.gz", "application/json")]
    [InlineData(Survey + "/tiles", "application/json")]
    [InlineData(Survey + "/tiles/x001y001", "application/json")]
    [InlineData(Survey + "/tiles/x001y001/observations", "application/json")]
    [InlineData(Survey + "/tiles/x001y001/dataset.fits.gz", "application/gzip")]
    [InlineData(Survey + "/tiles/x001y001/maps/point.fits", "application/fits")]
    [InlineData(Survey + "/tiles/x001y001/maps/point/sqrt_ts.fits", "application/fits")]
    [InlineData(Survey + "/tiles/x001y001/bands/flux_err.fits?energy=1", "application/fits")]
    [InlineData(Survey + "/tiles/x001y001/point/flux_ul.png?colormap_name=viridis&stretch=sqrt&rescale=0,1e-11", "image/png")]
    [InlineData(Survey + "/tiles/x001y001/bands/sqrt_ts.json?energy=10%20TeV", "application/json")]
    [InlineData(Survey + "/tiles/x001y001/point/excess.json", "application/json")]
    [InlineData(Survey + "/point/340,0?frame=galactic&map=bands&energy=1", "application/json")]
    [InlineData(Survey + "/pixel/30,20", "application/json")]
    [InlineData(Survey + "/mosaic/sqrt_ts.fits", "application/fits")]
    [InlineData(Survey + "/mosaic/counts.png", "image/png")]
    [InlineData(Survey + "/mosaic/exposure.json", "application/json")]
    [InlineData(Survey + "/statistics?quantity=background", "application/json")]
    [InlineData(Survey + "/preview.png?map=point", "image/png")]
    [InlineData(Survey + "/candidates.json?min_sqrt_ts=3&min_separation=0.2", "application/json")]
    [InlineData(Survey + "/candidates.ecsv?min_sqrt_ts=3", "text/csv")]
    [InlineData(Survey + "/candidates.vot?min_sqrt_ts=3", "application/x-votable+xml")]
    [InlineData("/api/colorbar.png?quantity=flux&rescale=0,1", "image/png")]
    [InlineData("/health/live", "application/json")]
    [InlineData("/health/ready", "application/json")]
    [InlineData("/openapi/v1.json", "application/json")]
    [InlineData("/docs/", "text/html")]
    [InlineData("/", "text/html")]
    [InlineData("/surveys/small", "text/html")]
    [InlineData("/page/main.js", "text/javascript")]
    public async Task Every_address_answers(string path, string type)
    {
        var answer = await _client.GetAsync(path);

        Assert.True(answer.Status == HttpStatusCode.OK, $"{(int)answer.Status} {System.Text.Encoding.UTF8.GetString(answer.Bytes)}");
        Assert.Equal(type, answer.ContentHeaders.ContentType?.MediaType);
        Assert.NotEmpty(answer.Bytes);
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Contains("default-src 'none'", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
        if (type == "image/png") Assert.Equal("\x89PNG"u8[^3..].ToArray(), answer.Bytes[1..4]);
    }

    [Theory]
    [InlineData(Survey)]
    [InlineData(Survey + "/tiles/x001y001")]
    [InlineData(Survey + "/tiles/x001y001/point/sqrt_ts.fits")]
    [InlineData(Survey + "/tiles/x001y001/point/counts.png")]
    [InlineData(Survey + "/mosaic/sqrt_ts.png")]
    [InlineData(Survey + "/candidates.json?min_sqrt_ts=3")]
    [InlineData(Survey + "/candidates.vot?min_sqrt_ts=3")]
    [InlineData("/page/main.js")]
    public async Task What_has_not_changed_is_not_sent_again(string path)
    {
        var first = await _client.GetAsync(path);
        Assert.Equal("no-cache", first.Header("Cache-Control"));
        Assert.False(first.Headers.ETag!.IsWeak);

        var second = await _client.GetAsync(path, first.ETag);

        Assert.Equal(HttpStatusCode.NotModified, second.Status);
        Assert.Empty(second.Bytes);
        Assert.Equal(first.ETag, second.ETag);
        Assert.Equal(HttpStatusCode.OK, (await _client.GetAsync(path, "\"another\"")).Status);
    }

    [Fact]
    public async Task Revision_computedAt_and_stale_mean_the_same_in_every_answer()
    {
        foreach (var map in new[] { "point", "bands" }) Assert.Equal(
            HttpStatusCode.OK, (await _client.GetAsync($"{Survey}/mosaic/sqrt_ts.json?map={map}&fresh=true&timeout=60")).Status);
        // Tiles report their maps to the survey shortly after computing them.
        var status = (await _client.UntilAsync($"{Survey}/status", answer => !answer.Json.GetProperty("stale").GetBoolean())).Json;
        var tiles = (await _client.GetAsync($"{Survey}/tiles")).Json.EnumerateArray().ToArray();
        Assert.All(tiles, tile => Assert.False(tile.GetProperty("stale").GetBoolean()));
        Assert.Equal(0, status.GetProperty("tilesPending").GetInt32());
        var revision = tiles.Sum(tile => tile.GetProperty("revision").GetInt64());
        var computedAt = tiles.Max(tile => tile.GetProperty("computedAt").GetDateTimeOffset());
        Assert.Equal(
            (revision, computedAt), (status.GetProperty("revision").GetInt64(), status.GetProperty("computedAt").GetDateTimeOffset()));
        Assert.True(status.GetProperty("committedAt").GetDateTimeOffset() <= computedAt);

        foreach (var map in new[] { "point", "bands" })
        {
            var ofMap = tiles.Max(tile => tile.GetProperty("maps").EnumerateArray()
                .Single(one => one.GetProperty("map").GetString() == map).GetProperty("computedAt").GetDateTimeOffset());
            var mosaic = (await _client.GetAsync($"{Survey}/mosaic/sqrt_ts.json?map={map}")).Json;
            var candidates = await _client.GetAsync($"{Survey}/candidates?map={map}&min_sqrt_ts=3");
            Assert.Equal((revision, ofMap, false), Standing(mosaic));
            Assert.NotEqual(0, candidates.Json.GetArrayLength());
            foreach (var candidate in candidates.Json.EnumerateArray())
            {
                Assert.Equal((revision, ofMap, false), Standing(candidate));
                var own = tiles.Single(tile => tile.GetProperty("tile").GetString() == candidate.GetProperty("tile").GetString());
                Assert.Equal(own.GetProperty("revision").GetInt64(), candidate.GetProperty("tileRevision").GetInt64());
            }

            Assert.Equal($"{revision}", candidates.Header("Tsmap-Revision"));
        }

        static (long Revision, DateTimeOffset ComputedAt, bool Stale) Standing(JsonElement answer) =>
            (answer.GetProperty("revision").GetInt64(), answer.GetProperty("computedAt").GetDateTimeOffset(), answer.GetProperty("stale")
                .GetBoolean());
    }

    [Fact]
    public async Task An_address_with_a_revision_never_changes_and_other_revisions_are_not_there()
    {
        var live = await _client.GetAsync($"{Survey}/tiles/x001y001/point/sqrt_ts.png");
        var revision = live.Header("Tsmap-Revision");

        foreach (var path in new[] { $"point/sqrt_ts.png", "maps/point/sqrt_ts.png" })
        {
            var kept = await _client.GetAsync($"{Survey}/tiles/x001y001/v/{revision}/{path}");
            Assert.Equal(HttpStatusCode.OK, kept.Status);
            Assert.Equal(live.Bytes, kept.Bytes);
            Assert.Contains("immutable", kept.Header("Cache-Control"), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync($"{Survey}/tiles/x001y001/v/999/point/sqrt_ts.png")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync($"{Survey}/tiles/x001y001/v/-1/point/sqrt_ts.png")).Status);
    }

    [Fact]
    public async Task What_was_not_fitted_is_null()
    {
        var image = (await _client.GetAsync($"{Survey}/tiles/x001y001/bands/norm_err.json?energy=1")).Json;

        var values = image.GetProperty("values").EnumerateArray().ToArray();
        Assert.Equal(400, values.Length);
        Assert.Contains(values, value => value.ValueKind == JsonValueKind.Null);
        Assert.All(values, value => Assert.True(value.ValueKind is JsonValueKind.Null or JsonValueKind.Number));
        Assert.True(image.GetProperty("revision").GetInt64() > 0);
        Assert.Equal(JsonValueKind.False, image.GetProperty("stale").ValueKind);
        Assert.True(image.GetProperty("computedAt").GetDateTimeOffset() > DateTimeOffset.UnixEpoch);
    }

    [Fact]
    public async Task A_position_has_the_values_of_the_tiles_own_images()
    {
        var point = (await _client.GetAsync($"{Survey}/pixel/30,20")).Json;
        var tile = point.GetProperty("tile").GetString();
        Assert.Equal("x001y001", tile);
        foreach (var (quantity, property) in new[] { ("sqrt_ts", "sqrtTs"), ("flux", "flux"), ("flux_ul", "fluxUl"), ("counts", "counts"),
            ("background", "background"), ("exposure", "exposure") })
        {
            var image = (await _client.GetAsync($"{Survey}/tiles/{tile}/point/{quantity}.json")).Json;
            var index = (20 - image.GetProperty("y").GetInt32()) * image.GetProperty("width").GetInt32() + 30 - image.GetProperty("x")
                .GetInt32();
            Assert.Equal(image.GetProperty("values")[index].ToString(), point.GetProperty(property).ToString());
        }

        var (ra, dec) = (point.GetProperty("ra").GetRawText(), point.GetProperty("dec").GetRawText());
        var again = (await _client.GetAsync($"{Survey}/point/{ra},{dec}")).Json;
        Assert.Equal(point.GetProperty("ts").GetRawText(), again.GetProperty("ts").GetRawText());
        Assert.Contains("converged", point.GetProperty("status").EnumerateArray().Select(word => word.GetString()));
    }

    /// <summary>The mean over the true energies of a map's bin, weighted with its power law of index 2, whose photons between a and b are
    /// in proportion to 1/a - 1/b.</summary>
    [Theory]
    [InlineData("point", 0, 1)]
    [InlineData("bands", 0, 2)]
    [InlineData("bands", 1, 2)]
    public async Task The_exposure_has_one_meaning_and_one_unit_everywhere(string map, int bin, int bins)
    {
        using var folder = new TemporaryFolder();
        var point = (await _client.GetAsync($"{Survey}/pixel/30,20?map={map}&energy={bin}")).Json;
        var (low, high) = (point.GetProperty("energyMinTeV").GetDouble(), point.GetProperty("energyMaxTeV").GetDouble());
        await File.WriteAllBytesAsync(
            folder.File("stack.fits.gz"), (await _client.GetAsync($"{Survey}/tiles/x001y001/dataset.fits.gz")).Bytes);
        var stack = MapDatasetFile.Read(folder.File("stack.fits.gz"));
        var edges = stack.Exposure!.Geometry.Axis("energy_true").Edges;
        double Photons(int j) => Math.Max(0, 1 / Math.Clamp(edges[j], low, high) - 1 / Math.Clamp(edges[j + 1], low, high));
        var image = (await _client.GetAsync($"{Survey}/tiles/x001y001/{map}/exposure.json?energy={bin}")).Json;
        var (x, y) = (30 - image.GetProperty("x").GetInt32(), 20 - image.GetProperty("y").GetInt32());
        var halo = (stack.Grid.Width - image.GetProperty("width").GetInt32()) / 2;
        var expected = Enumerable.Range(0, edges.Length - 1)
            .Sum(j => Photons(j) * stack.Exposure[j, y + halo, x + halo]) / Enumerable.Range(0, edges.Length - 1).Sum(Photons);

        Assert.True(expected > 0);
        Assert.Equal(expected, point.GetProperty("exposure").GetDouble(), 1e-9 * expected);
        Assert.Equal("m2 s", image.GetProperty("unit").GetString());
        Assert.Equal(expected, image.GetProperty("values")[y * image.GetProperty("width").GetInt32() + x].GetDouble(), 1e-9 * expected);
        await File.WriteAllBytesAsync(
            folder.File("mosaic.fits"), (await _client.GetAsync($"{Survey}/mosaic/exposure.fits?map={map}&energy={bin}")).Bytes);
        await File.WriteAllBytesAsync(
            folder.File("tile.fits"), (await _client.GetAsync($"{Survey}/tiles/x001y001/{map}/exposure.fits")).Bytes);
        using var mosaic = FitsFile.Open(folder.File("mosaic.fits"));
        using var tile = FitsFile.Open(folder.File("tile.fits"));
        var (whole, own) = (MapReader.Read(mosaic, mosaic.Find("EXPOSURE")!), MapReader.Read(tile, tile.Find("EXPOSURE")!));
        Assert.Equal(("m2 s", "m2 s", bins), (whole.Unit, own.Unit, own.Geometry.PlaneCount));
        Assert.Equal(expected, whole[0, 20, 30], 1e-6 * expected);
        Assert.Equal(expected, own[bin, y, x], 1e-9 * expected);
        var maps = (await _client.GetAsync($"{Survey}/tiles/x001y001")).Json.GetProperty("maps").EnumerateArray();
        Assert.Equal(own.Data.Max(), maps.Single(one => one.GetProperty("map").GetString() == map).GetProperty("exposureM2S")
            .GetDouble(), 1e-9 * expected);
        var info = (await _client.GetAsync($"{Survey}/info")).Json.GetProperty("maps").EnumerateArray()
            .Single(one => one.GetProperty("name").GetString() == map);
        var quantity = info.GetProperty("quantities").EnumerateArray().Single(one => one.GetProperty("name").GetString() == "exposure");
        Assert.Equal(("Exposure (m² s)", false), (quantity.GetProperty("text").GetString(), quantity.GetProperty("ofStack").GetBoolean()));
        Assert.Equal("m2 s", (await _client.GetAsync($"{Survey}/statistics?quantity=exposure&map={map}&energy={bin}")).Json.GetProperty(
            "unit").GetString());
    }

    [Theory]
    [InlineData("/pixel/30,20")]
    [InlineData("/point/339.5,0.5?frame=galactic")]
    [InlineData("/point/254,-46")]
    public async Task A_position_is_given_in_ICRS_and_in_the_surveys_own_frame(string path)
    {
        var point = (await _client.GetAsync(Survey + path)).Json;
        double Number(string name) => point.GetProperty(name).GetDouble();
        Assert.Equal("galactic", point.GetProperty("frame").GetString());
        var (icrs, galactic) = (
            new SkyPosition(Number("ra"), Number("dec"), SkyFrame.Icrs), new SkyPosition(Number("lon"), Number("lat"), SkyFrame.Galactic));
        Assert.True(icrs.SeparationDeg(galactic) < 1e-9, $"{icrs} and {galactic}");
        Assert.InRange(Number("lon"), 337, 343);
        Assert.InRange(Number("lat"), -2, 2);
        if (path.StartsWith("/point", StringComparison.Ordinal))
        {
            double[] asked = [.. path.Split('/', '?')[2].Split(',').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
            var position = new SkyPosition(
                asked[0], asked[1], path.Contains("galactic", StringComparison.Ordinal) ? SkyFrame.Galactic : SkyFrame.Icrs);
            Assert.True(position.SeparationDeg(icrs) < 1e-9, $"{position} and {icrs}");
        }
    }

    [Theory]
    [InlineData("tiles/x001y001/bands/sqrt_ts.png?energy=0", "tiles/x001y001/bands/sqrt_ts.png?energy=1")]
    [InlineData("tiles/x001y001/bands/sqrt_ts.png?energy=0", "tiles/x001y001/bands/norm.png?energy=0")]
    [InlineData("tiles/x001y001/point/sqrt_ts.png", "tiles/x001y001/bands/sqrt_ts.png?energy=0")]
    [InlineData("tiles/x001y001/point/sqrt_ts.png", "tiles/x000y001/point/sqrt_ts.png")]
    [InlineData("tiles/x001y001/point/flux.png", "tiles/x001y001/point/flux.png?rescale=0,9")]
    [InlineData("tiles/x001y001/point/flux.png", "tiles/x001y001/point/flux.png?colormap_name=viridis")]
    [InlineData("tiles/x001y001/point/flux.png", "tiles/x001y001/point/flux.png?stretch=linear")]
    [InlineData("tiles/x001y001/point/counts.png", "tiles/x001y001/point/background.png")]
    [InlineData("tiles/x001y001/point/counts.png", "tiles/x001y001/point/counts.png?energy=1")]
    [InlineData("mosaic/sqrt_ts.png", "mosaic/sqrt_ts.png?map=bands")]
    [InlineData("mosaic/sqrt_ts.png?map=bands", "mosaic/sqrt_ts.png?map=bands&energy=1")]
    [InlineData("mosaic/sqrt_ts.png", "mosaic/counts.png")]
    [InlineData("mosaic/sqrt_ts.png", "mosaic/sqrt_ts.png?colormap_name=viridis")]
    [InlineData("mosaic/sqrt_ts.png", "preview.png")]
    [InlineData("preview.png", "preview.png?quantity=counts")]
    [InlineData("preview.png", "preview.png?colormap_name=viridis")]
    public async Task A_picture_of_something_else_is_another_picture(string one, string other) =>
        Assert.NotEqual(await PictureAsync(one), await PictureAsync(other));

    [Fact]
    public async Task The_sum_of_the_tiles_counts_is_that_of_the_survey()
    {
        var whole = (await _client.GetAsync($"{Survey}/statistics?quantity=counts")).Json.GetProperty("statistics").GetProperty("sum")
            .GetDouble();
        var tiles = 0.0;
        foreach (var tile in (await _client.GetAsync($"{Survey}/tiles")).Json.EnumerateArray())
            tiles += (await _client.GetAsync($"{Survey}/tiles/{tile.GetProperty("tile").GetString()}/point/counts.json")).Json.GetProperty(
                "values").EnumerateArray().Sum(value => value.GetDouble());

        Assert.True(whole > 100);
        Assert.Equal(whole, tiles, 1e-6 * whole);
    }

    [Fact]
    public async Task A_broken_observation_is_in_quarantine_with_the_reason_and_can_be_tried_again()
    {
        var broken = Assert.Single((await _client.GetAsync($"{Survey}/observations?state=quarantined")).Json.EnumerateArray());
        Assert.Equal("night/<b>bad.fits", broken.GetProperty("name").GetString());
        Assert.Contains("found", broken.GetProperty("reason").GetString(), StringComparison.Ordinal);

        var path = $"{Survey}/observations/night/%3Cb%3Ebad.fits";
        Assert.Equal("quarantined", (await _client.GetAsync(path)).Json.GetProperty("state").GetString());
        Assert.Equal(HttpStatusCode.Accepted, (await _client.PostAsync($"{path}/retry", null)).Status);
        await _client.UntilAsync(path, answer => answer.Json.GetProperty("state").GetString() == "quarantined");
        Assert.Equal(HttpStatusCode.Conflict, (await _client.PostAsync($"{Survey}/observations/sim-0001.fits.gz/retry", null)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _client.PostAsync($"{Survey}/observations/none.fits.gz/retract", null)).Status);
    }

    [Fact]
    public async Task Long_lists_come_in_pages_that_name_the_next()
    {
        var names = new List<string?>();
        for (var path = $"{Survey}/observations?limit=2"; path is not null;)
        {
            var page = await _client.GetAsync(path);
            Assert.InRange(page.Json.GetArrayLength(), 1, 2);
            names.AddRange(page.Json.EnumerateArray().Select(entry => entry.GetProperty("name").GetString()));
            path = page.Header("Link")?.Split('<', '>')[1];
        }

        Assert.Equal(5, names.Count);
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
    }

    [Fact]
    public async Task The_OpenAPI_document_has_every_parameter_and_the_docs_ask_nobody_else()
    {
        var paths = (await _client.GetAsync("/openapi/v1.json")).Json.GetProperty("paths");
        var names = paths.GetProperty($"/api/surveys/{{survey}}/candidates.json").GetProperty("get").GetProperty("parameters")
            .EnumerateArray().Select(one => one.GetProperty("name").GetString());
        Assert.Superset(new HashSet<string?> { "survey", "map", "min_sqrt_ts" }, names.ToHashSet());

        var page = System.Text.Encoding.UTF8.GetString((await _client.GetAsync("/docs/")).Bytes);
        Assert.DoesNotContain("src=\"http", page, StringComparison.Ordinal);
        // With its dot: the random nonce of the page may have the letters.
        Assert.DoesNotContain("cdn.", page, StringComparison.OrdinalIgnoreCase);
    }

    private async Task<byte[]> PictureAsync(string path) =>
        (await _client.UntilAsync($"{Survey}/{path}", answer => answer.Status == HttpStatusCode.OK)).Bytes;
}
