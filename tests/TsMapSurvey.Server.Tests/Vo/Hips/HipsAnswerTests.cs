using System.Net;
using System.Text;
using SkiaSharp;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Server.Tests.Vo.Hips;

public sealed class HipsAnswerTests(StackedServer server) : IClassFixture<StackedServer>
{
    private const string Layer = HipsReader.Root + "/point-sqrt_ts";
    private readonly HipsReader _reader = new(server.Client);

    [Fact]
    public async Task Properties_have_all_that_the_standard_and_viewers_ask_for()
    {
        var answer = await server.Client.GetAsync($"{Layer}/properties");
        var properties = Properties(answer);

        Assert.Equal("text/plain", answer.ContentHeaders.ContentType?.MediaType);
        foreach (var key in new[]
        {
            "creator_did", "obs_title", "dataproduct_type", "hips_version", "hips_release_date", "hips_status", "hips_tile_format",
            "hips_order", "hips_frame", "dataproduct_subtype", "hips_tile_width", "hips_pixel_bitpix", "hips_pixel_cut", "hips_order_min",
            "hips_initial_ra", "hips_initial_dec", "hips_initial_fov", "obs_regime", "obs_description", "prov_progenitor",
            "hips_creation_date", "em_min", "em_max", "hips_processing",
        }) Assert.True(properties.ContainsKey(key), $"no {key}");
        Assert.Equal(("1.4", "public master unclonable", "fits png", "3", "equatorial", "512", "-32", "live"), (properties["hips_version"],
            properties["hips_status"], properties["hips_tile_format"], properties["hips_order"], properties["hips_frame"],
            properties["hips_tile_width"], properties["hips_pixel_bitpix"], properties["dataproduct_subtype"]));
        // h c / 30 TeV, in metres.
        Assert.Equal(4.1328e-20, Number("em_min"), 1e-23);
        var centre = new SkyPosition(Number("hips_initial_ra"), Number("hips_initial_dec"), SkyFrame.Icrs);
        Assert.InRange(centre.SeparationDeg(new SkyPosition(340, 0, SkyFrame.Galactic)), 0, 8);

        double Number(string key) => double.Parse(properties[key], System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task A_unit_is_stated_where_there_is_one()
    {
        Assert.Equal("cm-2 s-1", Properties(await server.Client.GetAsync($"{HipsReader.Root}/point-flux/properties"))["hips_bunit"]);
        Assert.Equal("m2 s", Properties(await server.Client.GetAsync($"{HipsReader.Root}/point-exposure/properties"))["hips_bunit"]);
        Assert.False(Properties(await server.Client.GetAsync($"{Layer}/properties")).ContainsKey("hips_bunit"));
    }

    [Fact]
    public async Task The_list_has_every_layer_with_its_address()
    {
        var text = Encoding.UTF8.GetString((await server.Client.GetAsync("/hipslist")).Bytes);
        var entries = text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);

        // point has limits: 7 layers; bands has two energy bins and no limits.
        Assert.Equal(7 + 2 * 6, entries.Length);
        foreach (var entry in entries)
        {
            var url = entry.Split('\n').Single(line => line.StartsWith("hips_service_url", StringComparison.Ordinal)).Split('=')[1].Trim();
            Assert.StartsWith(server.Address.GetLeftPart(UriPartial.Authority), url, StringComparison.Ordinal);
            var answer = await server.Client.GetAsync(new Uri(url).AbsolutePath + "/properties");
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.Contains($"creator_did          = {Properties(answer)["creator_did"]}\n", entry, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Norder3/Dir0/Npix767.fits")]
    [InlineData("Norder3/Dir0/Npix768.fits")]
    [InlineData("Norder4/Dir0/Npix0.png")]
    [InlineData("Norder99/Dir0/Npix0.fits")]
    [InlineData("Norder-1/Dir0/Npix0.fits")]
    [InlineData("Norder3/Dir0/Npix99999999999999999999.fits")]
    [InlineData("Norder3/Dir10000/Npix{0}.fits")]
    [InlineData("Norder3/Dir0/Npix{0}.jpg")]
    [InlineData("Norder2/Allsky.fits")]
    [InlineData("v/1-0123456789abcdef/properties")]
    [InlineData("v/x/properties")]
    [InlineData("v/01-0123456789abcdef/properties")]
    [InlineData("v/1-0123456789ABCDEF/properties")]
    [InlineData("v/..-..%2f..%2f/properties")]
    [InlineData("nothing")]
    public async Task What_there_is_not_is_404(string path)
    {
        var cell = (await _reader.TilesAsync("point-sqrt_ts", 3))[0].Index;
        var answer = await server.Client.GetAsync($"{Layer}/{path.Replace("{0}", $"{cell}", StringComparison.Ordinal)}");

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Equal("application/problem+json", answer.ContentHeaders.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("/hips/none/point-sqrt_ts/properties", "there is no survey 'none'")]
    [InlineData("/hips/small/point-none/properties", "there is no layer 'point-none', expected one of point-sqrt_ts, point-flux")]
    [InlineData("/hips/small/bands-flux_ul-0.6-4.24TeV/properties", "there is no layer")]
    [InlineData("/hips/small/..%2F..%2Fsmall/properties", "there is no layer")]
    public async Task Unknown_surveys_and_layers_are_named(string path, string expected)
    {
        var answer = await server.Client.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Contains(expected, answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Live_paths_are_revalidated_and_versions_never_change()
    {
        var version = Properties(await server.Client.GetAsync($"{Layer}/properties"))["prov_progenitor"].Split(' ')[^1];
        var cell = HipsReader.Path((await _reader.TilesAsync("point-sqrt_ts", 3))[0]);
        foreach (var file in new[]
        {
            "properties", "Moc.fits", "Norder3/Allsky.fits", "Norder3/Allsky.png", cell,
            cell.Replace(".fits", ".png", StringComparison.Ordinal),
        })
        {
            var live = await server.Client.GetAsync($"{Layer}/{file}");
            Assert.Equal((HttpStatusCode.OK, "no-cache"), (live.Status, live.Headers.CacheControl?.ToString()));
            Assert.False(live.Headers.ETag!.IsWeak);
            var again = await server.Client.GetAsync($"{Layer}/{file}", live.ETag);
            Assert.Equal((HttpStatusCode.NotModified, 0), (again.Status, again.Bytes.Length));
            var head = await server.Client.SendAsync(HttpMethod.Head, $"{Layer}/{file}", null);
            Assert.Equal((live.ETag, live.Bytes.Length, 0), (head.ETag, (int)head.ContentHeaders.ContentLength!, head.Bytes.Length));

            var fixedOne = await server.Client.GetAsync($"{Layer}/v/{version}/{file}");
            Assert.Equal(HttpStatusCode.OK, fixedOne.Status);
            Assert.Contains("immutable", fixedOne.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
            if (file == "properties")
            {
                // Each version has an identity of its own, otherwise the same properties.
                Assert.Equal($"{Properties(live)["creator_did"]}?{version}", Properties(fixedOne)["creator_did"]);
                Assert.Equal(
                    Properties(live).Where(one => one.Key != "creator_did"), Properties(fixedOne).Where(one => one.Key != "creator_did"));
                Assert.NotEqual(live.ETag, fixedOne.ETag);
                continue;
            }

            Assert.Equal(live.ETag, fixedOne.ETag);
            Assert.Equal(live.Bytes, fixedOne.Bytes);
        }
    }

    [Fact]
    public async Task A_picture_is_drawn_as_asked_and_transparent_outside()
    {
        var cell = (await _reader.TilesAsync("point-sqrt_ts", 3))[0];
        var path = $"{Layer}/{HipsReader.Path(cell, "png")}";
        var plain = await server.Client.GetAsync(path);
        var other = await server.Client.GetAsync($"{path}?colormap_name=grey&stretch=log&rescale=0,5");
        var values = await _reader.PixelsAsync($"{Layer}/{HipsReader.Path(cell)}");

        Assert.NotEqual(plain.ETag, other.ETag);
        Assert.NotEqual(plain.Bytes, other.Bytes);
        using var picture = SKBitmap.Decode(other.Bytes);
        for (var i = 0; i < values.Length; i += 97)
        {
            var pixel = picture.GetPixel(i % 512, 511 - i / 512);
            Assert.Equal(float.IsNaN(values[i]), pixel.Alpha == 0);
            if (pixel.Alpha != 0) Assert.True(pixel.Red == pixel.Green && pixel.Green == pixel.Blue);
        }

        var refused = await server.Client.GetAsync($"{path}?colormap_name=none&stretch=none&colour=red");
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
    }

    private static Dictionary<string, string> Properties(Answer answer) => Encoding.UTF8.GetString(answer.Bytes)
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .ToDictionary(line => line.Split('=')[0].Trim(), line => line.Split('=', 2)[1].Trim());
}
