using System.Net;
using TsMapSurvey.Server.Access;
using TsMapSurvey.Server.Settings;

namespace TsMapSurvey.Server.Tests;

/// <summary>Requests with foreign host names (DNS rebinding) and from pages of other origins.</summary>
[Collection(GuardedServerUse.Name)]
public sealed class KnownHostsTests(GuardedServer server)
{
    [Theory]
    [InlineData("127.0.0.1:5080", HttpStatusCode.OK)]
    [InlineData("192.0.2.7", HttpStatusCode.OK)]
    [InlineData("[::1]:5080", HttpStatusCode.OK)]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("LOCALHOST:80", HttpStatusCode.OK)]
    [InlineData(GuardedServer.Name, HttpStatusCode.OK)]
    [InlineData("TSMAP.example.org.:443", HttpStatusCode.OK)]
    [InlineData("evil.example", HttpStatusCode.BadRequest)]
    [InlineData("tsmap.example.org.evil.example", HttpStatusCode.BadRequest)]
    [InlineData("evil.tsmap.example.org", HttpStatusCode.BadRequest)]
    [InlineData("127.0.0.1.evil.example", HttpStatusCode.BadRequest)]
    [InlineData("localhost.evil.example:5080", HttpStatusCode.BadRequest)]
    [InlineData("notlocalhost", HttpStatusCode.BadRequest)]
    public async Task A_request_is_taken_for_an_address_and_for_names_that_are_ours(string host, HttpStatusCode expected)
    {
        foreach (var path in new[] { "/api/surveys", "/", "/docs" })
        {
            var answer = await server.Client.SendAsync(HttpMethod.Get, path, null, ("Host", host));
            Assert.Equal((path, expected), (path, answer.Status));
            if (expected != HttpStatusCode.OK)
                Assert.Contains("Hosts:Allowed", answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.OK, (await server.Client.SendAsync(HttpMethod.Get, "/health/live", null, ("Host", host))).Status);
    }

    [Fact]
    public void Without_a_list_no_name_but_localhost_is_known()
    {
        Assert.False(KnownHosts.IsKnown("tsmap.example.org", []));
        Assert.True(KnownHosts.IsKnown("localhost", []));
        Assert.True(KnownHosts.IsKnown("tsmap.example.org", ["*"]));
        Assert.True(KnownHosts.IsKnown("", []));
    }

    [Fact]
    public async Task A_page_of_an_origin_that_is_listed_may_read_and_one_of_another_may_not()
    {
        var listed = await server.Client.SendAsync(HttpMethod.Get, "/api/surveys/small", null, ("Origin", GuardedServer.Origin));
        Assert.Equal(GuardedServer.Origin, listed.Header("Access-Control-Allow-Origin"));
        foreach (
            var header in new[] { "ETag", "Tsmap-Revision", "Tsmap-Stale", "Tsmap-Slice", "Tsmap-Window-Start", "Tsmap-Missing-Tiles" })
            Assert.Contains(header, listed.Header("Access-Control-Expose-Headers")!.Split(','));
        foreach (
            var other in new[] { "https://evil.example", "http://dashboard.example.org", $"{GuardedServer.Origin}.evil.example", "null" })
            Assert.Null((await server.Client.SendAsync(HttpMethod.Get, "/api/surveys/small", null, ("Origin", other)))
                .Header("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_page_of_another_site_never_writes()
    {
        var asked = await server.Client.SendAsync(
            HttpMethod.Options, "/api/surveys", null, ("Origin", GuardedServer.Origin), ("Access-Control-Request-Method", "POST"));
        Assert.DoesNotContain("POST", asked.Header("Access-Control-Allow-Methods") ?? "", StringComparison.Ordinal);
        var sent = await server.Client.SendAsync(HttpMethod.Post, "/api/surveys", SmallSurvey.Definition.ToJson(),
            ("Origin", GuardedServer.Origin), ("Tsmap-Key", GuardedServer.WriteKey));
        Assert.Equal(HttpStatusCode.Forbidden, sent.Status);
    }

    [Theory]
    [InlineData("Hosts:Allowed", "https://tsmap.example.org")]
    [InlineData("Hosts:Allowed", "tsmap.example.org:8080")]
    [InlineData("Cors:Origins", "dashboard.example.org")]
    [InlineData("Cors:Origins", "https://dashboard.example.org/")]
    [InlineData("Cors:Origins", "https://dashboard.example.org/page")]
    [InlineData("Health:Url", "http://127.0.0.1:0")]
    [InlineData("Health:Url", "https://127.0.0.1:8081")]
    [InlineData("Health:Url", "http://0.0.0.0:8080")]
    [InlineData("Limits:Connections", "0")]
    [InlineData("Limits:StreamsPerClient", "-1")]
    [InlineData("Limits:IdleTimeout", "00:00:00.1")]
    public void A_setting_that_cannot_be_used_is_named(string setting, string value)
    {
        var exception = Assert.Throws<SettingsException>(
            () => SettingsReader.Read(new Dictionary<string, string?> { ["Urls"] = "http://127.0.0.1:8080", [setting] = value }));

        Assert.StartsWith(setting, Assert.Single(exception.Problems), StringComparison.Ordinal);
    }
}

/// <summary>A server without settings for other hosts and origins.</summary>
public sealed class ForeignPagesTests(StackedServer server) : IClassFixture<StackedServer>
{
    [Fact]
    public async Task No_page_of_another_site_reads_unless_the_settings_say_so()
    {
        var answer = await server.Client.SendAsync(HttpMethod.Get, "/api/surveys", null, ("Origin", "https://dashboard.example.org"));

        Assert.Equal((HttpStatusCode.OK, null), (answer.Status, answer.Header("Access-Control-Allow-Origin")));
    }
}
