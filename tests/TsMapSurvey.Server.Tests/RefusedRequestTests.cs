using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;

namespace TsMapSurvey.Server.Tests;

/// <summary>Malformed requests: each is answered with a problem, none is an error of the server.</summary>
public sealed partial class RefusedRequestTests(StackedServer server) : IClassFixture<StackedServer>
{
    private const string Survey = "/api/surveys/small";
    private const string Map = """{ "name": "x", "maps": { "m": """;

    public static TheoryData<string, string, string?, int> Bodies => new()
    {
        // A lone surrogate as a value, a name and in a list; and the same in escaped text.
        { "POST", "/api/surveys", """{ "name": "\ud800" }""", 400 },
        { "POST", "/api/surveys", """{ "\ud800": 1 }""", 400 },
        { "POST", "/api/surveys", $$"""{{Map}}{ "selection": ["ul", "\udc00"] } } }""", 400 },
        { "POST", "/api/surveys", """{ "name": "\udc00\ud800" }""", 400 },
        { "PUT", Survey, """{ "name": "small", "observations": "\uDBFF/" }""", 400 },
        { "POST", "/api/compute", """{ "datasets": ["\ud800"] }""", 400 },
        { "POST", "/api/compute", """{ "\ud800": [] }""", 400 },
        { "POST", "/api/compute", """{ "datasets": ["a"], "map": { "spatial": "\ud800" } }""", 400 },
        // YAML in JSON.
        { "POST", "/api/compute", """{ "datasets": ["a"], "map": { "model": "components: [\n" } }""", 400 },
        { "POST", "/api/compute", """{ "datasets": ["a"], "map": { "model": "components:\n- {name: index, value" } }""", 400 },
        { "POST", "/api/compute", """{ "datasets": ["a"], "map": { "backgroundModels": "components:\n- : 1\n" } }""", 400 },
        { "POST", "/api/compute", """{ "datasets": ["a"], "map": { "model": "components:\n- \u0000" } }""", 400 },
        { "POST", "/api/compute", """{ "datasets": ["a"], "map": { "model": "components: &a [*a]\n" } }""", 400 },
        // Numbers.
        { "POST", "/api/compute", """{ "datasets": ["a"], "map": { "kernelWidthDeg": 1e400 } }""", 400 },
        { "POST", "/api/compute", """{ "datasets": ["a"], "map": { "kernelWidthDeg": -0.0 } }""", 400 },
        { "POST", "/api/compute", """{ "datasets": ["a"], "map": { "kernelWidthDeg": NaN } }""", 400 },
        { "POST", "/api/compute", """{ "datasets": ["a"], "map": { "maxNiter": 99999999999999999999 } }""", 400 },
        { "POST", "/api/compute", """{ "datasets": ["a"], "map": { "maxNiter": 1e-320 } }""", 400 },
        { "POST", "/api/compute", """{ "datasets": ["a"], "map": { "amplitude": "NaN cm-2 s-1 TeV-1" } }""", 400 },
        { "POST", "/api/compute", """{ "datasets": ["a"], "map": { "amplitude": "1e400 cm-2 s-1 TeV-1" } }""", 400 },
        { "POST", "/api/compute", """{ "datasets": ["a"], "map": { "norm": "scan_min=1e400,scan_max=NaN" } }""", 400 },
        // Shapes.
        { "POST", "/api/surveys", "", 400 },
        { "POST", "/api/surveys", "null", 400 },
        { "POST", "/api/surveys", "[]", 400 },
        { "POST", "/api/surveys", "\"\\u0000\"", 400 },
        { "POST", "/api/surveys", """{ "name": "" }""", 400 },
        { "POST", "/api/surveys", """{ "name": "a\u0000b" }""", 400 },
        { "POST", "/api/surveys", """{ "name": "x", "name": "x" }""", 400 },
        { "POST", "/api/surveys", Nested(1000), 400 },
        { "POST", "/api/surveys", Nested(60), 400 },
        { "POST", "/api/compute", Nested(1000), 400 },
        { "POST", "/api/compute", $$"""{ "datasets": ["a"], "map": { "model": "components: {{new string('[', 1000)}}" } }""", 400 },
        { "POST", "/api/compute", """{ "datasets": ["a"], "datasets": 7 }""", 400 },
        { "POST", $"{Survey}/observations/%00/retract", null, 400 },
        { "POST", $"{Survey}/observations/a%2f..%2fb/retract", null, 404 },
        { "POST", $"{Survey}/observations//retract", null, 404 },
        { "POST", $"{Survey}/observations/retract", null, 404 },
        { "POST", $"{Survey}/status", "{}", 405 },
        { "PATCH", Survey, "{}", 405 },
        { "BREW", Survey, "{}", 405 },
        { "DELETE", "/api/surveys", null, 405 },
    };

    public static TheoryData<string, int> Queries => new()
    {
        { $"{Survey}/mosaic/sqrt_ts.png?rescale=0,5e-324", 400 },
        { $"{Survey}/mosaic/sqrt_ts.png?rescale=1e-310,2e-310", 400 },
        { $"{Survey}/mosaic/sqrt_ts.png?rescale=-1e308,1e308&colormap_name=viridis", 400 },
        { $"{Survey}/mosaic/sqrt_ts.png?rescale=-0,0", 400 },
        { $"{Survey}/mosaic/sqrt_ts.png?rescale=0,1e400", 400 },
        { $"{Survey}/mosaic/sqrt_ts.png?rescale=NaN,1", 400 },
        { $"{Survey}/mosaic/sqrt_ts.png?rescale=1,2,3", 400 },
        { $"{Survey}/mosaic/sqrt_ts.png?stretch=sqrt,linear", 400 },
        { $"{Survey}/mosaic/sqrt_ts.png?stretch=%20sqrt", 400 },
        { $"{Survey}/mosaic/sqrt_ts.png?stretch=1", 400 },
        { $"{Survey}/preview.png?rescale=0,5e-324", 400 },
        { $"{Survey}/tiles/x001y001/point/sqrt_ts.png?rescale=0,5e-324&stretch=asinh", 400 },
        { "/api/colorbar.png?rescale=0,5e-324", 400 },
        { $"{Survey}/observations?state=planned|stacking", 400 },
        { $"{Survey}/observations?state=3", 400 },
        { $"{Survey}/observations?state=,", 400 },
        { $"{Survey}/observations?state=stacked,nope", 400 },
        { $"{Survey}/observations?state=stacked&state=planned", 400 },
        { $"{Survey}/observations?limit=1&limit=2", 400 },
        { $"{Survey}/observations?limit=99999999999999999999", 400 },
        { $"{Survey}/observations?limit=-0x1", 400 },
        { $"{Survey}/observations?limit=%00", 400 },
        { $"{Survey}/observations?%00=1", 400 },
        { $"{Survey}/candidates?min_sqrt_ts=1e400", 400 },
        { $"{Survey}/candidates?min_sqrt_ts=NaN", 400 },
        { $"{Survey}/candidates?min_separation=-0.1", 400 },
        { $"{Survey}/candidates?timeout=-1e-320", 400 },
        { $"{Survey}/candidates?map=point&map=bands", 400 },
        { $"{Survey}/point/1e400,0", 400 },
        { $"{Survey}/point/,", 404 },
        { $"{Survey}/point/%00,%00", 400 },
        { $"{Survey}/tiles/x001y001/point/sqrt_ts.json?energy=99999999999999999999", 400 },
        { $"{Survey}/tiles/x001y001/point/sqrt_ts.json?energy=1e400%20TeV", 400 },
        { $"{Survey}/tiles/x001y001/v/99999999999999999999/point/sqrt_ts.json", 404 },
        { $"{Survey}/tiles/x001y001/v/-1/point/sqrt_ts.json", 404 },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_body_that_cannot_be_used_is_refused(string method, string path, string? body, int status) =>
        IsProblem(status, await server.Client.SendAsync(new HttpMethod(method), path, body), $"{method} {path} {body}");

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task A_query_that_cannot_be_used_is_refused(string path, int status) =>
        IsProblem(status, await server.Client.GetAsync(path), path);

    [Theory]
    [InlineData("POST", "/api/surveys", "text/plain", 415)]
    [InlineData("POST", "/api/surveys", "application/x-www-form-urlencoded", 415)]
    [InlineData("POST", "/api/compute", "text/yaml", 415)]
    [InlineData("POST", "/api/compute", "\u0001", 415)]
    public async Task A_body_of_another_kind_is_refused(string method, string path, string contentType, int status)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new ByteArrayContent("{}"u8.ToArray()) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.InRange((int)response.StatusCode, 400, status);
    }

    [Theory]
    [InlineData(255, 404)]
    [InlineData(256, 400)]
    [InlineData(7000, 400)]
    public async Task A_key_of_an_operation_has_an_end(int length, int status)
    {
        var answer = await server.Client.SendAsync(
            HttpMethod.Post, $"{Survey}/observations/none.fits/retract", null, ("Idempotency-Key", new string('k', length)));

        IsProblem(status, answer, $"{length} characters");
    }

    [Fact]
    public async Task An_address_that_is_too_long_is_refused() =>
        Assert.Equal(HttpStatusCode.RequestUriTooLong, (await server.Client.GetAsync($"/api/surveys/{new string('a', 9000)}")).Status);

    [Fact]
    public async Task Several_states_are_listed_together_page_by_page()
    {
        async Task<string[]> NamesAsync(string query) => [.. (await server.Client.GetAsync(
            $"{Survey}/observations{query}")).Json.EnumerateArray().Select(entry => entry.GetProperty("name").GetString()!)];
        var (stacked, quarantined, all) =
            (await NamesAsync("?state=stacked"), await NamesAsync("?state=quarantined"), await NamesAsync(""));
        Assert.Equal((4, 1), (stacked.Length, quarantined.Length));
        Assert.Equal(all, await NamesAsync("?state=stacked,quarantined"));
        Assert.Equal(all, await NamesAsync("?state=Quarantined,%20stacked,stacked,received"));
        Assert.Empty(await NamesAsync("?state=planned,stacking"));

        var read = new List<string>();
        for (var path = $"{Survey}/observations?state=stacked,quarantined&limit=2"; ;)
        {
            var page = await server.Client.GetAsync(path);
            read.AddRange(page.Json.EnumerateArray().Select(entry => entry.GetProperty("name").GetString()!));
            if (page.Header("Link") is not { } link) break;
            path = Link().Match(link).Groups[1].Value;
        }

        Assert.Equal(all, read);
    }

    [Fact]
    public async Task HEAD_is_answered_wherever_GET_is()
    {
        var paths = Paths();
        Assert.True(paths.Length > 25, string.Join(", ", paths));
        foreach (var path in paths)
        {
            var (head, get) = await HeadBetweenEqualGetsAsync(path);
            Assert.Equal((path, get.Status, get.ContentHeaders.ContentType), (path, head.Status, head.ContentHeaders.ContentType));
            Assert.Empty(head.Bytes);
            Assert.Equal((path, get.ETag), (path, head.ETag));
        }

        Assert.Equal(HttpStatusCode.OK, (await server.Client.SendAsync(HttpMethod.Head, $"{Survey}/events", null)).Status);
        Assert.Equal(HttpStatusCode.MethodNotAllowed,
            (await server.Client.SendAsync(HttpMethod.Head, $"{Survey}/observations:notify", null)).Status);
    }

    /// <summary>
    /// A survey's status says when its store was listed last, so that its ETag may change between two requests: HEAD is repeated until
    /// the answers to GET before and after it are the same.
    /// </summary>
    private async Task<(Answer Head, Answer Get)> HeadBetweenEqualGetsAsync(string path)
    {
        for (var attempt = 1; ; attempt++)
        {
            var before = await server.Client.GetAsync(path);
            var head = await server.Client.SendAsync(HttpMethod.Head, path, null);
            var after = await server.Client.GetAsync(path);
            if (before.ETag == after.ETag || attempt == 100) return (head, after);
        }
    }

    private static string Nested(int levels) => $$"""{ "name": {{new string('[', levels)}}{{new string(']', levels)}} }""";

    private static void IsProblem(int status, Answer answer, string asked)
    {
        Assert.Equal((asked, status), (asked, (int)answer.Status));
        // Kestrel rejects a zero character in a URL before any of our code runs.
        if (answer.Bytes.Length == 0 && asked.Contains("/%00", StringComparison.Ordinal)) return;
        Assert.Equal("application/problem+json", answer.ContentHeaders.ContentType?.MediaType);
        Assert.NotEmpty(answer.Json.GetProperty("detail").GetString()!);
    }

    /// <summary>Every GET endpoint with values of this survey, except the event stream, which never ends.</summary>
    private string[] Paths()
    {
        Dictionary<string, string> values = new()
        {
            ["survey"] = "small",
            ["tile"] = "x001y001",
            ["map"] = "point",
            ["quantity"] = "sqrt_ts",
            ["format"] = "json",
            ["ra"] = "0",
            ["dec"] = "0",
            ["x"] = "30",
            ["y"] = "20",
            ["revision"] = "1",
            ["name"] = "small",
            ["documentName"] = "v1",
            ["job"] = "1",
        };
        return
        [
            .. from endpoint in server.Endpoints
               where endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") == true
                   && endpoint.RoutePattern.RawText?.EndsWith("/events", StringComparison.Ordinal) == false
               select Parameter().Replace(
                   "/" + endpoint.RoutePattern.RawText!.Trim('/'), parameter => values.GetValueOrDefault(parameter.Groups[1].Value, "")),
        ];
    }

    [GeneratedRegex(@"\{\**(\w+)[^}]*\}")]
    private static partial Regex Parameter();

    [GeneratedRegex("<([^>]*)>")]
    private static partial Regex Link();
}
