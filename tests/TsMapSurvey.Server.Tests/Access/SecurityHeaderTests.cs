using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace TsMapSurvey.Server.Tests.Access;

[Collection(AccessServerUse.Name)]
public sealed partial class SecurityHeaderTests(AccessServer server)
{
    private const string Data = "default-src 'none'; frame-ancestors 'none'";

    [Theory]
    [InlineData("/", 200, false)]
    [InlineData("/surveys/small", 200, false)]
    [InlineData("/page/main.js", 200, false)]
    [InlineData("/docs/", 200, false)]
    [InlineData("/nix", 404, false)]
    [InlineData("/openapi/v1.json", 200, true)]
    [InlineData("/api/surveys", 200, true)]
    [InlineData("/api/surveys/nix", 404, true)]
    [InlineData("/api/surveys/small?x=1", 400, true)]
    [InlineData("/api/surveys/small/mosaic/sqrt_ts.png", 200, true)]
    [InlineData("/api/surveys/small/mosaic/sqrt_ts.fits", 200, true)]
    [InlineData("/health/live", 200, true)]
    public async Task Every_answer_has_the_headers_of_its_kind(string path, int status, bool isData)
    {
        server.Rest();
        var answer = await server.GetAsync(path, AccessServer.ReadKey);

        Assert.Equal(status, (int)answer.Status);
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Equal("no-referrer", answer.Header("Referrer-Policy"));
        Assert.Equal(isData ? "cross-origin" : "same-origin", answer.Header("Cross-Origin-Resource-Policy"));
        Assert.Equal(isData ? null : "same-origin", answer.Header("Cross-Origin-Opener-Policy"));
        Assert.Null(answer.Header("Strict-Transport-Security"));
        Assert.Null(answer.Header("Server"));
        var policy = answer.Header("Content-Security-Policy")!;
        if (isData) Assert.Equal(Data, policy);
        Assert.StartsWith("default-src 'none'; ", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("'unsafe-inline'", ScriptSources().Match(policy).Value, StringComparison.Ordinal);
        Assert.DoesNotContain("'unsafe-eval'", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusals_have_them_too()
    {
        server.Rest();
        foreach (var answer in new[]
        {
            await server.Client.GetAsync("/api/surveys"), await server.GetAsync("/api/surveys", null, ("Host", "evil.example")),
            await server.Client.SendAsync(new HttpMethod("BREW"), "/api/surveys", null),
        })
        {
            Assert.InRange((int)answer.Status, 400, 405);
            Assert.Equal(("nosniff", Data), (answer.Header("X-Content-Type-Options"), answer.Header("Content-Security-Policy")));
        }
    }

    [Fact]
    public async Task The_page_has_no_script_of_its_own_and_may_compile_WebAssembly()
    {
        server.Rest();
        var answer = await server.GetAsync("/", AccessServer.ReadKey);

        Assert.Contains("script-src 'self' 'wasm-unsafe-eval';", answer.Header("Content-Security-Policy")!, StringComparison.Ordinal);
        Assert.Contains("connect-src 'self' data:;", answer.Header("Content-Security-Policy")!, StringComparison.Ordinal);
        var scripts = Scripts().Matches(Encoding.UTF8.GetString(answer.Bytes));
        Assert.NotEmpty(scripts);
        Assert.All(scripts, script => Assert.Contains("src=", script.Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_viewer_of_the_API_runs_only_scripts_with_the_nonce_of_its_answer()
    {
        server.Rest();
        var first = await server.GetAsync("/docs/", AccessServer.ReadKey);
        var second = await server.GetAsync("/docs/", AccessServer.ReadKey);
        var (nonce, other) = (NonceOf(first), NonceOf(second));

        Assert.NotEqual(nonce, other);
        Assert.True(nonce.Length >= 20, nonce);
        var scripts = Scripts().Matches(Encoding.UTF8.GetString(first.Bytes));
        Assert.NotEmpty(scripts);
        Assert.All(scripts, script => Assert.Contains($"nonce=\"{nonce}\"", script.Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_browser_behind_a_secure_proxy_stays_with_https()
    {
        server.Rest();
        using var http = new HttpClient(Clients.From("127.0.0.9")) { BaseAddress = server.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-For", "203.0.113.1");
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("max-age=31536000", answer.Headers.GetValues("Strict-Transport-Security").Single());
    }

    private static string NonceOf(Answer answer) => Nonce().Match(answer.Header("Content-Security-Policy")!).Groups[1].Value;

    [GeneratedRegex("script-src[^;]*")]
    private static partial Regex ScriptSources();

    [GeneratedRegex("<script[^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex Scripts();

    [GeneratedRegex("'nonce-([^']+)'")]
    private static partial Regex Nonce();
}
