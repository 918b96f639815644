using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace TsMapSurvey.Server.Tests.Points;

/// <summary>Posted lists of positions.</summary>
public sealed class PostedPointsTests(StackedServer server) : IClassFixture<StackedServer>
{
    private const string Path = "/api/surveys/small/points";
    private readonly Client _client = server.Client;

    [Theory]
    [InlineData("application/json", """
        [{"ra": 254.1, "dec": -46.2, "name": "a"}, {"ra": 10, "dec": 10}, {"name": "c", "dec": -45, "ra": 255}]
        """)]
    [InlineData("application/json; charset=utf-8", """
        {"RAJ2000": [254.1, 10, 255], "DEJ2000": [-46.2, 10, -45], "id": ["a", null, "c"]}
        """)]
    [InlineData("text/csv", "name,_RAJ2000,_DEJ2000,other\na,254.1,-46.2,1\n,10,10,\nc,255,-45,\"x, y\"\n")]
    [InlineData("text/csv", """
        # %ECSV 1.0
        # ---
        # datatype:
        # - {name: name, datatype: string}
        name ra dec
        a 254.1 -46.2
        "" 10 10
        c 255 -45
        """)]
    [InlineData("application/x-votable+xml", """
        <VOTABLE version="1.4" xmlns="http://www.ivoa.net/xml/VOTable/v1.3"><RESOURCE><TABLE>
        <FIELD name="Source" datatype="char" arraysize="*" ucd="meta.id;meta.main"/>
        <FIELD name="x" datatype="double" unit="deg" ucd="pos.eq.ra;meta.main"/>
        <FIELD name="y" datatype="double" unit="deg" ucd="pos.eq.dec;meta.main"/><DATA><TABLEDATA>
        <TR><TD>a</TD><TD>254.1</TD><TD>-46.2</TD></TR><TR><TD/><TD>10</TD><TD>10</TD></TR><TR><TD>c</TD><TD>255</TD><TD>-45</TD></TR>
        </TABLEDATA></DATA></TABLE></RESOURCE></VOTABLE>
        """)]
    public async Task Rows_are_read_from_every_format_and_answered_in_their_order(string type, string body)
    {
        var rows = (await PostAsync(body, type)).Json.EnumerateArray().ToArray();
        Assert.Equal([1, 2, 3], rows.Select(row => row.GetProperty("row").GetInt32()));
        Assert.Equal(["a", null, "c"], rows.Select(row => row.GetProperty("name").GetString()));
        Assert.Equal(["ready", "outside", "ready"], rows.Select(row => row.GetProperty("state").GetString()));
        Assert.Equal("the position is outside survey small", rows[1].GetProperty("reason").GetString());
        foreach (var name in new[] { "ts", "flux", "fluxUl", "tile", "pixelX", "counts", "kernelCounts" })
            Assert.Equal((name, JsonValueKind.Null), (name, rows[1].GetProperty(name).ValueKind));
        foreach (var (row, position) in new[] { (0, "254.1,-46.2"), (2, "255,-45") })
        {
            var point = (await _client.GetAsync($"/api/surveys/small/point/{position}")).Json;
            foreach (var property in point.EnumerateObject())
                Assert.Equal((property.Name, property.Value.GetRawText()),
                    (property.Name, rows[row].GetProperty(property.Name).GetRawText()));
        }
    }

    [Fact]
    public async Task Galactic_rows_have_the_answers_of_their_positions()
    {
        var rows = (await PostAsync("l,b\n340,0\n339.5,0.5\n", "text/csv", "?frame=galactic")).Json;
        var point = (await _client.GetAsync("/api/surveys/small/point/339.5,0.5?frame=galactic")).Json;
        Assert.Equal(point.GetProperty("ts").GetRawText(), rows[1].GetProperty("ts").GetRawText());
    }

    /// <summary>Rows of all tiles alternate, so that the answer cannot be in the order of the tiles.</summary>
    [Theory]
    [InlineData("json")]
    [InlineData("csv")]
    [InlineData("ecsv")]
    [InlineData("vot")]
    public async Task Many_rows_of_all_tiles_are_answered_in_their_order(string format)
    {
        const int count = 2500;
        var body = new StringBuilder("l,b,name\n");
        for (var i = 0; i < count; i++)
            body.Append(CultureInfo.InvariantCulture, $"{337.1 + 5.8 * (i * 37 % 101) / 100},{-1.9 + 3.8 * (i * 53 % 97) / 96},n{i}\n");
        var answer = await PostAsync($"{body}", "text/csv", $"?frame=galactic&n_sigma_ul=3&format={format}");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var text = Encoding.UTF8.GetString(answer.Bytes);
        var expected = Enumerable.Range(0, count).Select(i => $"n{i}");
        var found = format switch
        {
            "json" => answer.Json.EnumerateArray().Select(row => row.GetProperty("name").GetString()!),
            "csv" => text.TrimEnd().Split('\n').Skip(1).Select(line => line.Split(',')[1]),
            "ecsv" => text.TrimEnd().Split('\n').Where(line => line[0] != '#').Skip(1).Select(line => line.Split(',')[1].Trim('"')),
            _ => System.Xml.Linq.XDocument.Parse(text).Descendants().Where(element => element.Name.LocalName == "TR")
                .Select(row => row.Elements().ElementAt(1).Value),
        };
        Assert.Equal(expected, found);
    }

    [Fact]
    public async Task Parquet_has_all_rows()
    {
        var answer = await PostAsync("[[254.1,-46.2],[10,10],[255,-45]]", "application/json", "?format=parquet");
        Assert.Equal("application/vnd.apache.parquet", answer.ContentHeaders.ContentType?.MediaType);
        Assert.Equal(("PAR1", "PAR1"), (Encoding.ASCII.GetString(answer.Bytes[..4]), Encoding.ASCII.GetString(answer.Bytes[^4..])));
    }

    [Fact]
    public async Task Only_rows_outside_the_survey_are_an_answer_too()
    {
        foreach (var format in new[] { "json", "csv", "vot", "parquet" })
            Assert.Equal(HttpStatusCode.OK, (await PostAsync("[[1,1],[2,2]]", "application/json", $"?format={format}")).Status);
        Assert.Equal(2, (await PostAsync("[[1,1],[2,2]]", "application/json")).Json.GetArrayLength());
    }

    [Theory]
    [InlineData("text/csv", "ra,dec\n", 400, "no rows")]
    [InlineData("text/csv", "a,b\n1,2\n", 400, "expected one of ra,")]
    [InlineData("text/csv", "ra,dec\nNaN,1\n1,\n2,91\n", 400, "row 1, ra: found 'NaN'")]
    [InlineData("text/csv", "ra,dec\n1,2\nInfinity,1\n", 400, "row 2, ra")]
    [InlineData("text/csv", "ra,dec\n12h30m,2\n", 400, "'12h30m'")]
    [InlineData("text/csv", "ra,dec,Ra\n1,2,3\n", 400, "twice")]
    [InlineData("text/csv", "ra,dec\n\"1,2\n", 400, "not closed")]
    [InlineData("application/json", "[{\"ra\":1}]", 400, "expected one of dec")]
    [InlineData("application/json", "[{\"ra\":null,\"dec\":1}]", 400, "row 1")]
    [InlineData("application/json", "{\"ra\":1,\"dec\":2}", 400, "found Number")]
    [InlineData("application/json", "nonsense", 400, "JSON")]
    [InlineData("application/json", "", 400, "JSON")]
    [InlineData("application/x-votable+xml", "<!DOCTYPE v [<!ENTITY a \"&b;&b;\">]><VOTABLE>&a;</VOTABLE>", 400, "DTD")]
    [InlineData("text/xml", """
        <VOTABLE><TABLE><FIELD name="ra" unit="rad"/><FIELD name="dec"/><TR><TD>1</TD><TD>1</TD></TR></TABLE></VOTABLE>
        """, 400, "expected deg")]
    [InlineData("application/x-votable+xml", "<VOTABLE><TABLE><FIELD name=\"ra\"/><DATA><BINARY/></DATA></TABLE></VOTABLE>", 400, "BINARY")]
    [InlineData("application/x-www-form-urlencoded", "ra=1", 415, "content type")]
    [InlineData("image/png", "x", 415, "expected application/json")]
    public async Task A_list_that_cannot_be_read_is_refused_with_the_reason(string type, string body, int status, string detail)
    {
        var answer = await PostAsync(body, type);
        Assert.Equal(status, (int)answer.Status);
        Assert.Equal("application/problem+json", answer.ContentHeaders.ContentType?.MediaType);
        Assert.Contains(detail, answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_rows_and_too_many_bytes_are_refused()
    {
        var rows = "ra,dec\n" + string.Concat(Enumerable.Repeat("254,-46\n", 10_001));
        Assert.Contains("more than 10000 rows", await DetailAsync(rows, HttpStatusCode.BadRequest), StringComparison.Ordinal);
        var attribute = $"<VOTABLE a=\"{new string('x', 1_000_000)}\"><TABLE><FIELD name=\"{new string('y', 20_000)}\"/></TABLE></VOTABLE>";
        Assert.Contains(
            "more than 10000 characters", await DetailAsync(attribute, HttpStatusCode.BadRequest, "text/xml"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PostAsync(new string(' ', (16 << 20) + 1), "text/csv")).Status);
    }

    [Fact]
    public async Task A_compressed_body_is_refused_before_it_is_unpacked()
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        using var content = new ByteArrayContent([0x1f, 0x8b]);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        content.Headers.ContentEncoding.Add("gzip");
        using var response = await http.PostAsync(Path, content);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Fact]
    public async Task An_unknown_parameter_or_format_is_refused()
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync("[[1,1]]", "application/json", "?format=fits")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync("[[1,1]]", "application/json", "?limit=3")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync("[[1,1]]", "application/json", "?map=none")).Status);
    }

    private async Task<string?> DetailAsync(string body, HttpStatusCode status, string type = "text/csv")
    {
        var answer = await PostAsync(body, type);
        Assert.Equal(status, answer.Status);
        return answer.Json.GetProperty("detail").GetString();
    }

    private async Task<Answer> PostAsync(string body, string type, string query = "")
    {
        using var http = new HttpClient(Client.Patient()) { BaseAddress = server.Address };
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var request = new HttpRequestMessage(HttpMethod.Post, Path + query) { Content = content };
        request.Headers.ExpectContinue = body.Length > 1 << 20;
        using var response = await http.SendAsync(request);
        return new Answer(response.StatusCode, response.Headers, response.Content.Headers, await response.Content.ReadAsByteArrayAsync());
    }
}
