using System.Net;
using System.Text;
using System.Xml.Linq;
using TsMapSurvey.Fits;

namespace TsMapSurvey.Server.Tests.Vo;

/// <summary>What the protocols answer to parameters that the clients of the other tests do not send.</summary>
public sealed class VoAnswerTests(StackedServer server) : IClassFixture<StackedServer>
{
    private const string Sqrt = "ivo://tsmapsurvey/small?quantity/x001y001/point/sqrt_ts/all";
    private const string Soda = "/vo/soda?ID=ivo://tsmapsurvey/small%3F";

    private static readonly XNamespace Vot = "http://www.ivoa.net/xml/VOTable/v1.3";

    [Theory]
    [InlineData("COLLECTION=small&MAXREC=10000", 121)]
    [InlineData("COLLECTION=other", 0)]
    [InlineData("TARGET=x001y001", 17)]
    [InlineData("TARGET=x001y001&TARGET=x000y000", 34)]
    [InlineData("TARGET=x001y001&DPTYPE=cube", 8)]
    [InlineData("TARGET=x001y001&CALIB=3", 6)]
    [InlineData("TARGET=x001y001&FORMAT=application/gzip", 1)]
    [InlineData("TARGET=small&FOV=7.2 7.3", 19)]
    [InlineData("TARGET=small&FOV=-Inf 7.2", 0)]
    [InlineData("TARGET=x001y001&BAND=4e-20 5e-20", 17)]
    [InlineData("TARGET=small&BAND=4.2e-20", 14)]
    [InlineData("TARGET=small&BAND=1", 0)]
    [InlineData("TARGET=x001y001&TIME=58990 59010", 17)]
    [InlineData("TARGET=x001y001&TIME=+Inf", 0)]
    [InlineData("TARGET=x001y001&EXPTIME=1 +Inf", 17)]
    [InlineData("TARGET=small&EXPTIME=1 +Inf", 0)]
    [InlineData("POL=I", 0)]
    [InlineData("SPATRES=0 +Inf", 0)]
    [InlineData("SPECRP=0 +Inf", 0)]
    [InlineData("TIMERES=0 +Inf", 0)]
    [InlineData("INSTRUMENT=H.E.S.S.", 0)]
    [InlineData("FACILITY=H.E.S.S.", 0)]
    [InlineData("ID=" + Sqrt, 1)]
    [InlineData("ID=nothing", 0)]
    [InlineData("ID=" + Sqrt + "&TARGET=x000y000", 0)]
    [InlineData("POS=CIRCLE 10 10 1", 0)]
    [InlineData("POS=CIRCLE 10 10 1&POS=RANGE 0 360 -90 90&MAXREC=10000", 121)]
    public async Task Every_constraint_of_sia_is_met_by_all_rows(string query, int rows)
    {
        foreach (var answer in new[] { await AskAsync(query), await PostAsync(query) })
            Assert.Equal(rows, answer.Descendants(Vot + "TR").Count());
    }

    [Fact]
    public async Task Too_many_rows_are_said_to_be_an_overflow_and_no_rows_are_only_the_columns()
    {
        var some = await AskAsync("MAXREC=7");
        Assert.Equal(7, some.Descendants(Vot + "TR").Count());
        Assert.Equal(["OK", "OVERFLOW"], Statuses(some));
        var none = await AskAsync("MAXREC=0");
        Assert.Empty(none.Descendants(Vot + "TR"));
        Assert.Equal(["OK", "OVERFLOW"], Statuses(none));
        Assert.True(none.Descendants(Vot + "FIELD").Count() >= 30);
        Assert.Equal(["OK"], Statuses(await AskAsync("TARGET=x001y001&MAXREC=17")));
    }

    [Theory]
    [InlineData("x001y001")]
    [InlineData("small")]
    public async Task Every_address_gives_a_file_of_the_format_and_about_the_size_that_the_row_says(string target)
    {
        var problems = new List<string>();
        foreach (var row in VoRows.Of(await server.Client.GetAsync($"/vo/sia?TARGET={target}")))
        {
            var url = new Uri(row["access_url"]);
            Assert.Equal(server.Address.Authority, url.Authority);
            var file = await server.Client.GetAsync(url.PathAndQuery);
            var (isRight, size) = (file.Status == HttpStatusCode.OK, row.Number("access_estsize"));
            Assert.Equal(size < 0, url.AbsolutePath.EndsWith("dataset.fits.gz", StringComparison.Ordinal));
            if (isRight) isRight = file.ContentHeaders.ContentType!.MediaType == row["access_format"];
            if (!isRight || (size > 0 && (file.Bytes.Length < 400 * size || file.Bytes.Length > 2500 * size)))
                problems.Add($"{url.PathAndQuery}: {file.Status}, {file.Bytes.Length} bytes, not {row["access_estsize"]} kB");
        }

        Assert.Empty(problems);
    }

    [Theory]
    [InlineData("POS=SQUARE 1 2 3", "POS")]
    [InlineData("POS=CIRCLE 1 2", "CIRCLE")]
    [InlineData("POS=CIRCLE 1 92 3", "CIRCLE")]
    [InlineData("POS=RANGE 1 2 5 4", "RANGE")]
    [InlineData("POS=POLYGON 1 2 3 4 5", "POLYGON")]
    [InlineData("POS=POLYGON 0 0 180 0 90 80", "POLYGON")]
    [InlineData("BAND=NaN", "BAND")]
    [InlineData("BAND=2 1", "BAND")]
    [InlineData("DPTYPE=spectrum", "DPTYPE")]
    [InlineData("CALIB=x", "CALIB")]
    [InlineData("MAXREC=-1", "MAXREC")]
    [InlineData("RESPONSEFORMAT=text/html", "RESPONSEFORMAT")]
    [InlineData("MAXREC=1&maxrec=2", "MAXREC")]
    public async Task A_wrong_parameter_of_sia_is_named_in_a_votable(string query, string name)
    {
        var answer = await server.Client.GetAsync("/vo/sia?" + Escaped(query));
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        var error = XDocument.Parse(Encoding.UTF8.GetString(answer.Bytes)).Descendants(Vot + "INFO").Single();
        Assert.Equal(("QUERY_STATUS", "ERROR"), ((string)error.Attribute("name")!, (string)error.Attribute("value")!));
        Assert.Contains(name, error.Value, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("expected", error.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_no_form_or_too_long_is_refused()
    {
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await server.Client.PostAsync("/vo/sia", "{}")).Status);
        string Many(string pair, int count) => string.Join('&', Enumerable.Repeat(pair, count));
        foreach (var body in new[] { Many("POS=CIRCLE+1+1+1", 101), Many("ID=x", 20_001), Many("a=1", 30_000), new string('x', 1_000_000) })
            Assert.Equal(HttpStatusCode.BadRequest, await StatusOfPostAsync(body));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await StatusOfPostAsync(Many("ID=" + new string('x', 1000), 1100)));
        Assert.Equal(HttpStatusCode.OK, await StatusOfPostAsync(Many("POS=CIRCLE+1+1+1", 100)));
    }

    [Fact]
    public async Task A_cone_search_without_radius_is_an_error_by_the_old_rules()
    {
        var answer = await server.Client.GetAsync("/scs/small?RA=1&DEC=1");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var error = XDocument.Parse(Encoding.UTF8.GetString(answer.Bytes)).Root!.Element(Vot + "INFO")!;
        Assert.Equal(("Error", "Error"), ((string)error.Attribute("name")!, (string)error.Attribute("ID")!));
        Assert.Contains("SR: found 'nothing'", (string)error.Attribute("value")!, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.GetAsync("/scs/none?RA=1&DEC=1&SR=1")).Status);
    }

    [Theory]
    [InlineData("quantity/x001y001/point/sqrt_ts/all&CIRCLE=10 10 1", HttpStatusCode.NoContent, "")]
    [InlineData("quantity/x001y001/point/sqrt_ts/all&BAND=1 2", HttpStatusCode.NoContent, "")]
    [InlineData("quantity/x001y001/point/sqrt_ts/all&TIME=1 2", HttpStatusCode.NoContent, "")]
    [InlineData("quantity/x001y001/point/sqrt_ts/all&POL=I", HttpStatusCode.NoContent, "")]
    [InlineData("quantity/x001y001/point/sqrt_ts/all&TIME=58990 59010", HttpStatusCode.OK, "")]
    [InlineData("mosaic/point/counts/0/all&TIME=58990 59010", HttpStatusCode.OK, "")]
    [InlineData("mosaic/point/counts/1/all", HttpStatusCode.NotFound, "UsageError: ")]
    [InlineData("mosaic/none/counts/0/all", HttpStatusCode.NotFound, "UsageError: ")]
    [InlineData("mosaic/../counts/0/all", HttpStatusCode.NotFound, "UsageError: ")]
    [InlineData("quantity/x009y001/point/sqrt_ts/all", HttpStatusCode.NotFound, "UsageError: ")]
    [InlineData("quantity/x001y001/point/sqrt_ts/7d", HttpStatusCode.NotFound, "UsageError: ")]
    [InlineData("dataset/x001y001/all", HttpStatusCode.BadRequest, "UsageError: ")]
    [InlineData("quantity/x001y001/point/sqrt_ts/all&POS=CIRCLE 1", HttpStatusCode.BadRequest, "UsageError: ")]
    [InlineData("quantity/x001y001/point/sqrt_ts/all&BAND=1 2&BAND=3 4", HttpStatusCode.BadRequest, "MultiValuedParamNotSupported: ")]
    [InlineData("quantity/x001y001/point/sqrt_ts/all&POS=CIRCLE 1 1 1&CIRCLE=1 1 1", HttpStatusCode.BadRequest,
        "MultiValuedParamNotSupported: ")]
    public async Task Soda_says_by_its_words_why_there_is_no_cutout(string query, HttpStatusCode status, string word)
    {
        var answer = await server.Client.GetAsync(Soda + Escaped(query));
        Assert.Equal(status, answer.Status);
        if (word.Length > 0) Assert.StartsWith(word, Encoding.UTF8.GetString(answer.Bytes), StringComparison.Ordinal);
        if (status == HttpStatusCode.OK) Assert.Equal("application/fits", answer.ContentHeaders.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("", "hips")]
    [InlineData("hips=small/point-sqrt_ts", "width")]
    [InlineData("hips=small/point-sqrt_ts&width=2001&height=2001&ra=1&dec=1&fov=1", "size")]
    [InlineData("hips=small/point-sqrt_ts&width=2&height=2&ra=1&dec=91&fov=1", "dec")]
    [InlineData("hips=small/point-sqrt_ts&width=2&height=2&ra=1&dec=1&fov=1&projection=XYZ", "XYZ")]
    [InlineData("hips=small/point-sqrt_ts&width=2&height=2&ra=1&dec=1&fov=1&format=gif", "format")]
    [InlineData("hips=small/point-sqrt_ts&width=2&height=2&ra=1&dec=1&fov=1&min_cut=99%&max_cut=1&stretch=x", "stretch")]
    [InlineData("hips=small/point-sqrt_ts&width=2&height=2&ra=1&dec=1&fov=1&min_cut=101%", "min_cut")]
    [InlineData("hips=small/point-sqrt_ts&wcs=[1]", "wcs")]
    [InlineData("hips=small/point-sqrt_ts&wcs={}", "CTYPE1")]
    [InlineData("hips=small/bands-sqrt_ts&width=2&height=2&ra=1&dec=1&fov=1", "bands-sqrt_ts-0.6-4.24TeV")]
    [InlineData("hips=small/../point-sqrt_ts&width=2&height=2&ra=1&dec=1&fov=1", "hips")]
    [InlineData("hips=ivo://other/small/point-sqrt_ts&width=2&height=2&ra=1&dec=1&fov=1", "hips")]
    [InlineData("hips=small/point-nix&width=2&height=2&ra=1&dec=1&fov=1", "nix")]
    public async Task A_wrong_parameter_of_hips2fits_is_named_in_its_json(string query, string name)
    {
        var answer = await server.Client.GetAsync("/hips2fits?" + Escaped(query));
        Assert.InRange((int)answer.Status, 400, 404);
        Assert.Equal("Bad request", answer.Json.GetProperty("title").GetString());
        Assert.Contains(name, answer.Json.GetProperty("description").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_layer_of_a_map_with_several_energy_bins_is_one_of_them()
    {
        var (low, high) = (await SampleAsync("bands-sqrt_ts-0.6-4.24TeV"), await SampleAsync("bands-sqrt_ts-4.24-30TeV"));
        Assert.NotEmpty(low);
        Assert.NotEqual(low, high);
        var both = await SampleAsync("point-counts");
        Assert.True(both.Sum() > 0);
        var (few, more) = (await SampleAsync("bands-counts-4.24-30TeV"), await SampleAsync("bands-counts-0.6-4.24TeV"));
        Assert.Equal(both, few.Zip(more, (one, other) => one + other));
    }

    [Fact]
    public async Task Answers_are_known_again_by_their_tag()
    {
        foreach (var path in new[]
        {
            "/scs/small?RA=251&DEC=-45&SR=20", "/vo/sia?TARGET=x001y001", "/vo/capabilities",
            Soda + "quantity/x001y001/point/sqrt_ts/all", "/hips2fits?hips=small/point-flux&width=9&height=9&ra=251&dec=-45&fov=3",
        })
        {
            var answer = await server.Client.GetAsync(path);
            Assert.True(answer.Status == HttpStatusCode.OK, $"{path} {answer.Status} {Encoding.UTF8.GetString(answer.Bytes)}");
            Assert.Equal(HttpStatusCode.NotModified, (await server.Client.GetAsync(path, answer.ETag)).Status);
        }
    }

    private async Task<double[]> SampleAsync(string layer)
    {
        var answer = await server.Client.GetAsync(
            $"/hips2fits?hips=small/{layer}&width=30&height=30&ra=251.0&dec=-44.7&fov=2&projection=TAN");
        using var file = FitsFile.Open(new MemoryStream(answer.Bytes), layer);
        return [.. ((FitsImage)file.Hdus[0]).ReadDoubles().Where(double.IsFinite)];
    }

    private async Task<XDocument> AskAsync(string query) =>
        XDocument.Parse(Encoding.UTF8.GetString((await server.Client.GetAsync("/vo/sia?" + Escaped(query))).Bytes));

    private async Task<XDocument> PostAsync(string query)
    {
        using var http = new HttpClient();
        using var form = new StringContent(Escaped(query), Encoding.ASCII, "application/x-www-form-urlencoded");
        using var answer = await http.PostAsync(new Uri(server.Address, "/vo/sia"), form);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return XDocument.Parse(await answer.Content.ReadAsStringAsync());
    }

    private async Task<HttpStatusCode> StatusOfPostAsync(string body)
    {
        using var http = new HttpClient(Client.Patient());
        using var form = new StringContent(body, Encoding.ASCII, "application/x-www-form-urlencoded");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Address, "/vo/sia")) { Content = form };
        request.Headers.ExpectContinue = true;
        using var answer = await http.SendAsync(request);
        Assert.Equal("application/x-votable+xml", answer.Content.Headers.ContentType!.MediaType);
        return answer.StatusCode;
    }

    private static string[] Statuses(XDocument answer) =>
        [.. answer.Descendants(Vot + "INFO").Where(info => (string)info.Attribute("name")! == "QUERY_STATUS")
            .Select(info => (string)info.Attribute("value")!)];

    /// <summary>Values as clients send them; names and separators stay.</summary>
    private static string Escaped(string query) => string.Join('&', query.Split('&').Select(pair =>
        pair.Split('=', 2) is [var name, var value] ? $"{name}={Uri.EscapeDataString(value)}" : pair));
}
