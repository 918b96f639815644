using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Coverage;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Server.Tests;

public sealed class RegionTests(StackedServer server) : IClassFixture<StackedServer>
{
    private const string Survey = "/api/surveys/small";
    private static readonly SkyPosition Centre = new(340, 0, SkyFrame.Galactic);
    private readonly Client _client = server.Client;

    [Fact]
    public async Task The_whole_sky_has_all_pixels_tiles_candidates_and_observations_of_the_survey()
    {
        var answer = (await PostAsync(Text(Moc.WholeSky(0)), "text/plain", "?min_sqrt_ts=3&timeout=60")).Json;
        var exposed = await ExposedPixels.ReadAsync(_client);
        var pixels = exposed.In(Moc.WholeSky(0));
        var covered = MocAscii.Parse(Encoding.ASCII.GetString((await _client.GetAsync($"{Survey}/coverage.moc")).Bytes));

        Assert.Equal(4 * Math.PI * Math.Pow(180 / Math.PI, 2), answer.GetProperty("areaDeg2").GetDouble(), 1e-6);
        Assert.Equal(covered.AreaDeg2, answer.GetProperty("coveredDeg2").GetDouble(), 1e-9);
        Assert.Equal(covered.SkyFraction, answer.GetProperty("fraction").GetDouble(), 1e-12);
        Assert.Equal(pixels.Length, answer.GetProperty("pixels").GetInt32());
        Assert.Equal(pixels.Sum(pixel => exposed.Counts[pixel]), answer.GetProperty("counts").GetDouble(), 1e-6);
        Assert.Equal(6, answer.GetProperty("tiles").GetArrayLength());
        Assert.Equal(["sim-0001.fits.gz", "sim-0002.fits.gz", "sim-0003.fits.gz", "sim-0004.fits.gz"],
            answer.GetProperty("observations").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(
            (await _client.GetAsync($"{Survey}/candidates?min_sqrt_ts=3")).Json.EnumerateArray().Select(one => one.GetRawText()),
            answer.GetProperty("candidates").EnumerateArray().Select(one => one.GetRawText()));
        Assert.Equal(0, answer.GetProperty("missing").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("point").ValueKind);
    }

    [Fact]
    public async Task The_deepest_values_are_those_of_the_surveys_images_inside_the_region()
    {
        var beside = new SkyPosition(341.5, 1, SkyFrame.Galactic);
        var region = Moc.OfCells([HealpixCell.Containing(Centre, 6), HealpixCell.Containing(beside, 7)]);
        var exposed = await ExposedPixels.ReadAsync(_client);
        var pixels = exposed.In(region);
        Assert.True(pixels.Length > 50);
        foreach (var (map, energy, bin) in new[] { ("point", "", 0), ("bands", "&energy=1", 1) })
        {
            var answer = (await PostAsync(Text(region), "text/plain", $"?map={map}{energy}&timeout=60")).Json;
            var limits = map == "point" ? new[] { "min flux_ul" } : [];
            Assert.Equal(["max exposure", "min exposure", .. limits, "max sqrt_ts"], answer.GetProperty("extremes").EnumerateArray()
                .Select(one => $"{one.GetProperty("extreme").GetString()} {one.GetProperty("quantity").GetString()}"));
            foreach (var found in answer.GetProperty("extremes").EnumerateArray())
            {
                var quantity = found.GetProperty("quantity").GetString();
                var sign = found.GetProperty("extreme").GetString() == "max" ? 1 : -1;
                var image = await ImageAsync($"{Survey}/mosaic/{quantity}.fits?map={map}&energy={bin}&fresh=true&timeout=60");
                var best = pixels.Where(pixel => double.IsFinite(image[pixel])).MaxBy(pixel => sign * image[pixel]);
                Assert.Equal(image[best], found.GetProperty("value").GetDouble(), Math.Abs(image[best]) * 1e-6);
                var place = new SkyPosition(found.GetProperty("ra").GetDouble(), found.GetProperty("dec").GetDouble(), SkyFrame.Icrs);
                Assert.True(exposed.Grid.TryPixelOf(place, out int x, out int y));
                Assert.Equal(image[best], image[y * exposed.Grid.Width + x], Math.Abs(image[best]) * 1e-6);
            }

            Assert.Equal(pixels.Length, answer.GetProperty("pixels").GetInt32());
            Assert.Equal(pixels.Sum(pixel => exposed.Counts[pixel]), answer.GetProperty("counts").GetDouble(), 1e-6);
        }
    }

    [Fact]
    public async Task Text_json_and_fits_are_the_same_question_and_overlapping_cells_count_once()
    {
        var beside = new SkyPosition(342, 1, SkyFrame.Galactic);
        var region = Moc.OfCells([HealpixCell.Containing(Centre, 6), HealpixCell.Containing(beside, 8)]);
        var cells = region.Cells().ToArray();
        using var fits = new MemoryStream();
        using (var writer = new FitsWriter(fits, leaveOpen: true)) MocFile.Write(writer, region);

        var text = (await PostAsync(Text(region), "text/plain; charset=utf-8")).Json.GetRawText();

        Assert.Equal(text, (await PostAsync(MocJson.Format(region), "application/json")).Json.GetRawText());
        Assert.Equal(text, (await PostAsync(fits.ToArray(), "application/fits")).Json.GetRawText());
        var overlapping = $"{cells[0].Order}/{cells[0].Index} {cells[0].Order + 1}/{cells[0].Index * 4} {cells[1].Order}/{cells[1].Index}";
        Assert.Equal(text, (await PostAsync(Encoding.ASCII.GetBytes(overlapping), "text/plain")).Json.GetRawText());
    }

    [Theory]
    [InlineData(6)]
    [InlineData(9)]
    [InlineData(20)]
    [InlineData(29)]
    public async Task A_cell_has_the_answer_of_its_region_and_the_path_of_its_centres_values(int order)
    {
        var cell = HealpixCell.Containing(Centre, order);
        var posted = (await PostAsync(Text(Moc.OfCells([cell])), "text/plain", "?map=bands&energy=1&timeout=60")).Json;
        var got = await _client.GetAsync($"{Survey}/healpix/{order}/{cell.Index}?map=bands&energy=1&timeout=60");

        Assert.Equal(HttpStatusCode.OK, got.Status);
        foreach (var property in got.Json.EnumerateObject().Where(property => property.Name != "point"))
            Assert.Equal(posted.GetProperty(property.Name).GetRawText(), property.Value.GetRawText());
        Assert.True(posted.GetProperty("pixels").GetInt32() > 0);
        var point = (await _client.GetAsync(got.Json.GetProperty("point").GetString()!)).Json;
        Assert.Equal("bands", point.GetProperty("map").GetString());
        var centre = new SkyPosition(point.GetProperty("ra").GetDouble(), point.GetProperty("dec").GetDouble(), SkyFrame.Icrs);
        Assert.True(centre.SeparationDeg(cell.Centre) < 1e-7);
        if (order == 29)
            Assert.Equal(point.GetProperty("exposure").GetDouble(), posted.GetProperty("extremes")[0].GetProperty("value").GetDouble());
    }

    [Fact]
    public async Task A_region_far_away_has_nothing()
    {
        var cell = HealpixCell.Containing(new SkyPosition(100, 60, SkyFrame.Galactic), 4);
        var answer = (await _client.GetAsync($"{Survey}/healpix/4/{cell.Index}")).Json;

        Assert.Equal((0, 0.0), (answer.GetProperty("pixels").GetInt32(), answer.GetProperty("fraction").GetDouble()));
        Assert.All(new[] { "extremes", "tiles", "observations", "candidates" }, property =>
            Assert.Equal(0, answer.GetProperty(property).GetArrayLength()));
    }

    [Fact]
    public async Task A_request_without_time_names_the_tiles_that_it_did_not_read()
    {
        var answer = await PostAsync(Text(Moc.WholeSky(0)), "text/plain", "?timeout=0");

        Assert.Equal((HttpStatusCode.Accepted, 6), (answer.Status, answer.Json.GetProperty("missing").GetArrayLength()));
    }

    [Theory]
    [InlineData("text/plain", "", 400, "no cell and no order")]
    [InlineData("text/plain", "3/", 400, "found no cell")]
    [InlineData("text/plain", "30/0", 400, "order 30, expected 0 to 29")]
    [InlineData("text/plain", "2/192", 400, "cell 192 of order 2")]
    [InlineData("text/plain", "t61/1 s2/1", 400, "dimension of time")]
    [InlineData("text/plain", "{\"1\":[1]}", 400, "character 1")]
    [InlineData("application/json", "{\"1\":[1", 400, "JSON")]
    [InlineData("application/json", "{\"30\":[1]}", 400, "order 30")]
    [InlineData("application/json", "1/1", 400, "MOC")]
    [InlineData("application/json", "null", 400, "expected an object")]
    [InlineData("application/fits", "1/1", 400, "the body")]
    [InlineData("application/fits", "", 400, "the body")]
    [InlineData("application/xml", "1/1", 415, "application/xml")]
    [InlineData(null, "1/1", 415, "expected the content type")]
    public async Task A_body_that_is_no_region_is_refused_with_the_reason(string? type, string body, int status, string message)
    {
        var answer = await PostAsync(Encoding.UTF8.GetBytes(body), type);

        Assert.Equal(status, (int)answer.Status);
        Assert.Contains(message, answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damaged_fits_is_refused()
    {
        using var fits = new MemoryStream();
        using (var writer = new FitsWriter(fits, leaveOpen: true)) MocFile.Write(writer, Moc.WholeSky(3));
        var bytes = fits.ToArray();
        var text = Encoding.Latin1.GetString(bytes);
        byte[][] bodies =
        [
            bytes[..5770], bytes[..3000],
            Encoding.Latin1.GetBytes(text.Replace("NAXIS2  =                   12", "NAXIS2  =           9999999999")),
            Encoding.Latin1.GetBytes(text.Replace("MOCORD_S=                    3", "MOCORD_S=                   30")),
            Encoding.Latin1.GetBytes(text.Replace("'NUNIQ   '", "'RING    '")),
        ];
        foreach (var body in bodies)
        {
            Assert.NotEqual(bytes, body);
            var answer = await PostAsync(body, "application/fits");
            Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
            Assert.Contains("it is not a MOC of the sky", answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_huge_body_and_too_many_cells_are_refused()
    {
        var many = Encoding.ASCII.GetBytes("29/" + string.Join(' ', Enumerable.Repeat("1", Moc.MaxCells + 1)));
        var refused = (await PostAsync(many, "text/plain")).Json.GetProperty("detail").GetString();
        Assert.Contains("expected at most", refused, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PostAsync(new byte[(17 << 20) + 1], "text/plain")).Status);
    }

    [Theory]
    [InlineData("30/0", "order")]
    [InlineData("3/768", "index")]
    [InlineData("3/-1", "index")]
    [InlineData("3/99999999999999999999", "index")]
    [InlineData("x/1", "order")]
    [InlineData("3/1?min_sqrt_ts=1", "min_sqrt_ts")]
    [InlineData("3/1?energy=9", "energy")]
    public async Task A_cell_that_does_not_exist_is_refused(string cell, string parameter)
    {
        var answer = await _client.GetAsync($"{Survey}/healpix/{cell}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.StartsWith(parameter, answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static byte[] Text(Moc region) => Encoding.ASCII.GetBytes(MocAscii.Format(region));

    private async Task<double[]> ImageAsync(string path)
    {
        using var file = FitsFile.Open(new MemoryStream((await _client.GetAsync(path)).Bytes), path);
        return MapReader.Read(file, file.Hdus.OfType<FitsImage>().First(image => image.Count > 0)).Data;
    }

    private async Task<Answer> PostAsync(byte[] body, string? type, string query = "")
    {
        using var http = new HttpClient(Client.Patient()) { Timeout = TimeSpan.FromMinutes(3) };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Address, $"{Survey}/regions{query}"));
        request.Headers.ExpectContinue = body.Length > 1 << 20;
        request.Content = new ByteArrayContent(body);
        if (type is not null) request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var response = await http.SendAsync(request);
        return new Answer(response.StatusCode, response.Headers, response.Content.Headers, await response.Content.ReadAsByteArrayAsync());
    }
}
