using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TsMapSurvey.Server.Hosting;
using TsMapSurvey.Server.Settings;

namespace TsMapSurvey.Server.Tests;

[Collection(GuardedServerUse.Name)]
public sealed partial class WriteKeysTests(GuardedServer server)
{
    private const string Header = "Tsmap-Key";

    [Fact]
    public async Task Every_endpoint_that_does_not_only_read_takes_one_of_the_keys()
    {
        var routes = Routes();
        Assert.Contains(("DELETE", "/api/compute/1"), routes);
        Assert.Contains(("PUT", "/api/surveys/1"), routes);
        Assert.True(routes.Length >= 8, string.Join(", ", routes));
        foreach (var (method, path) in routes.Append(("PATCH", "/api/surveys/1")))
        {
            foreach (var key in new[] { null, "", GuardedServer.WriteKey[..^1], GuardedServer.WriteKey + "0", GuardedServer.WriteKey + " "
                + GuardedServer.OtherWriteKey })
            {
                var refused = await AskAsync(method, path, key);
                Assert.Equal((method, path, key, HttpStatusCode.Unauthorized), (method, path, key, refused.Status));
                Assert.Equal("application/problem+json", refused.ContentHeaders.ContentType!.MediaType);
                Assert.DoesNotContain(GuardedServer.WriteKey, refused.Json.ToString(), StringComparison.Ordinal);
            }

            foreach (var key in new[] { GuardedServer.WriteKey, GuardedServer.OtherWriteKey })
                Assert.NotEqual((method, path, HttpStatusCode.Unauthorized), (method, path, (await AskAsync(method, path, key)).Status));
        }
    }

    [Fact]
    public async Task Reading_takes_no_key_and_the_webhooks_key_opens_nothing_else()
    {
        const string Notify = "/api/surveys/small/observations:notify";
        foreach (var path in new[] { "/api/surveys", "/api/surveys/small", "/", "/docs", "/health/live" })
            Assert.Equal((path, HttpStatusCode.OK), (path, (await server.Client.GetAsync(path)).Status));
        Assert.Equal("key", (await server.Client.GetAsync("/health/ready")).Json.GetProperty("writing").GetString());
        Assert.Equal(HttpStatusCode.OK, (await AskAsync("POST", $"{Notify}?key={GuardedServer.WebhookKey}", null, "[]")).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync("POST", Notify, GuardedServer.WebhookKey, "[]")).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync("POST", "/api/surveys/small/points", null, "[[1, 1]]")).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync("POST", Notify, GuardedServer.WriteKey, "[]")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync("POST", $"{Notify}?key={GuardedServer.WriteKey}", null, "[]")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized,
            (await AskAsync("POST", "/api/surveys", GuardedServer.WebhookKey, SmallSurvey.Definition.ToJson())).Status);
    }

    [Theory]
    [InlineData(new string[0], "", false)]
    [InlineData(new string[0], null, false)]
    [InlineData(new[] { "0123456789abcdef" }, "0123456789abcdef", true)]
    [InlineData(new[] { "0123456789abcdef", "fedcba9876543210" }, "0123456789abcdef", true)]
    [InlineData(new[] { "0123456789abcdef", "fedcba9876543210" }, "fedcba9876543210", true)]
    [InlineData(new[] { "0123456789abcdef" }, "0123456789ABCDEF", false)]
    [InlineData(new[] { "0123456789abcdef" }, "0123456789abcde", false)]
    [InlineData(new[] { "0123456789abcdef" }, "0123456789abcdef ", false)]
    [InlineData(new[] { "0123456789abcdef" }, null, false)]
    public void Nothing_but_a_whole_key_opens(string[] keys, string? shown, bool opens) =>
        Assert.Equal(opens, new WriteKeys(keys).Opens(shown));

    [Theory]
    [InlineData("http://0.0.0.0:8080", true)]
    [InlineData("http://[::]:8080", true)]
    [InlineData("http://192.168.1.7:8080", true)]
    [InlineData("http://tsmap.example.org", true)]
    [InlineData("http://127.0.0.1:8080", false)]
    [InlineData("http://127.0.0.2:8080", false)]
    [InlineData("http://[::1]:8080", false)]
    [InlineData("http://localhost:8080", false)]
    public void Beyond_this_machine_a_server_without_a_key_does_not_start_unless_it_is_told_to(string url, bool isRefused)
    {
        var settings = new ServerSettings { Urls = ["http://127.0.0.1:0", url] };
        string[] Problems(ServerSettings of) =>
            [.. SettingsProblems.Of(of).Where(problem => problem.StartsWith("Keys:Write", StringComparison.Ordinal))];

        Assert.Equal(isRefused ? 1 : 0, Problems(settings).Length);
        Assert.All(Problems(settings), problem => Assert.Contains("--open-writes", problem, StringComparison.Ordinal));
        Assert.Empty(Problems(settings with { OpenWrites = true }));
        Assert.Empty(Problems(settings with { WriteKeys = [GuardedServer.WriteKey] }));
    }

    [Theory]
    [InlineData("short-key-01234")]
    [InlineData("with a blank 0123456789")]
    [InlineData("mit-umlaut-ä-0123456789")]
    [InlineData("line\nline-0123456789")]
    public void A_key_that_cannot_be_used_is_refused_and_not_repeated(string key)
    {
        var problem = Assert.Single(SettingsProblems.Of(new ServerSettings { WriteKeys = [key] }));

        Assert.StartsWith($"Keys:Write:0: found {key.Length} characters", problem, StringComparison.Ordinal);
        Assert.DoesNotContain(key, problem, StringComparison.Ordinal);
    }

    private Task<Answer> AskAsync(string method, string path, string? key, string? json = null) =>
        server.Client.SendAsync(new HttpMethod(method), path, json, (Header, key));

    /// <summary>Every endpoint of this server that changes something, with a value for each parameter.</summary>
    private (string Method, string Path)[] Routes() =>
    [
        .. from endpoint in server.Endpoints
           from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["POST"]
           where !HttpMethods.IsGet(method) && !HttpMethods.IsOptions(method)
               && endpoint.Metadata.GetMetadata<Hosting.ReadingByPost>() is null
           select (method, Parameter().Replace("/" + endpoint.RoutePattern.RawText!.Trim('/'), "1")),
    ];

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
