using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using TsMapSurvey.Server.Access;

namespace TsMapSurvey.Server.Tests.Access;

[Collection(AccessServerUse.Name)]
public sealed class AccessTests(AccessServer server)
{
    private static readonly Dictionary<string, AccessAttack> Table =
        TokenAttacks.Rows.Concat(KeyAttacks.Rows).ToDictionary(attack => attack.Name);

    public static TheoryData<string> Names => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Nobody_gets_more_than_the_key_or_token_permits(string name)
    {
        var attack = Table[name];
        server.Rest();
        var body = attack.Method is "POST" or "PATCH" ? "{}" : null;
        var answer = await server.Client.SendAsync(new HttpMethod(attack.Method), attack.Path, body, attack.Headers(server));

        Assert.True(attack.Status == (int)answer.Status, $"{(int)answer.Status} {Encoding.UTF8.GetString(answer.Bytes)}");
        if (attack.Status == 401) Assert.NotNull(answer.Header("WWW-Authenticate"));
        if (attack.Method == "HEAD") return;
        Assert.Equal("application/problem+json", answer.ContentHeaders.ContentType?.MediaType);
        var detail = answer.Json.GetProperty("detail").GetString()!;
        Assert.Contains(attack.Says, detail, StringComparison.Ordinal);
        foreach (var key in new[] { AccessServer.ReadKey, AccessServer.WriteKey, AccessServer.OperateKey })
            Assert.DoesNotContain(key, answer.Json.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_tables_have_eighty_attacks() => Assert.True(Table.Count >= 80, $"{Table.Count}");

    [Fact]
    public async Task Whoever_has_the_right_key_or_token_is_let_in()
    {
        async Task LetIn(string method, string path, int status, params (string, string?)[] headers)
        {
            server.Rest();
            var answer = await server.Client.SendAsync(new HttpMethod(method), path, null, headers);
            var shown = $"{method} {path} {headers[0]}: {(int)answer.Status} {Encoding.UTF8.GetString(answer.Bytes)}";
            Assert.True(status == (int)answer.Status, shown);
        }

        foreach (var reader in new[]
        {
            (WebhookKey.Header, AccessServer.ReadKey), (WebhookKey.Header, AccessServer.WriteKey), Bearer(AccessServer.Reader),
            Bearer(AccessServer.Writer), Basic(AccessServer.ReadKey), Basic(AccessServer.WriteKey),
            ("Authorization", $"bearer {server.Issuer.Sign(Scoped())}"),
        })
        {
            await LetIn("GET", AccessAttack.Reading, 200, reader);
            await LetIn("HEAD", AccessAttack.Reading, 200, reader);
            await LetIn("GET", "/", 200, reader);
        }

        foreach (var writer in new[] { (WebhookKey.Header, AccessServer.WriteKey), Bearer(AccessServer.Writer) })
        {
            await LetIn("POST", AccessAttack.Writing, 404, writer);
            await LetIn("POST", AccessAttack.Reading + "/observations:notify", 415, writer);
        }

        // Nothing is mapped there yet; what will be is behind the check.
        foreach (var found in new[]
        {
            (WebhookKey.Header, AccessServer.OperateKey), (WebhookKey.Header, AccessServer.WriteKey), Bearer(AccessServer.Operator),
            Bearer(AccessServer.Writer), Basic(AccessServer.OperateKey),
        })
        {
            await LetIn("GET", AccessAttack.Metrics, 404, found);
            await LetIn("GET", AccessAttack.Operations, 404, found);
        }

        await LetIn("GET", "/health/live", 200, (WebhookKey.Header, null));
        await LetIn("GET", "/health/ready", 200, ("Authorization", "Bearer x"));
    }

    [Fact]
    public async Task Health_says_how_reading_and_writing_are_protected()
    {
        var ready = (await server.Client.GetAsync("/health/ready")).Json;

        Assert.Equal(("key", "key"), (ready.GetProperty("writing").GetString(), ready.GetProperty("reading").GetString()));
    }

    [Fact]
    public async Task Answers_that_need_a_key_are_kept_from_shared_caches()
    {
        server.Rest();
        foreach (var path in new[] { "/api/colorbar.png?rescale=0,1", AccessAttack.Reading, "/page/main.js", "/" })
        {
            var answer = await server.GetAsync(path, AccessServer.ReadKey);
            Assert.Equal((path, HttpStatusCode.OK), (path, answer.Status));
            Assert.True(answer.Headers.CacheControl is { Private: true, Public: false } or { NoStore: true }, $"{path}: {answer.Headers}");
        }
    }

    [Fact]
    public async Task A_browser_is_asked_for_a_password_only_to_read()
    {
        server.Rest();
        var reading = await server.Client.GetAsync(AccessAttack.Reading);
        var writing = await server.Client.PostAsync(AccessAttack.Writing, null);

        Assert.Equal(["Basic", "Tsmap-Key", "Bearer"], reading.Headers.WwwAuthenticate.Select(one => one.Scheme));
        Assert.Equal(["Tsmap-Key", "Bearer"], writing.Headers.WwwAuthenticate.Select(one => one.Scheme));
    }

    [Fact]
    public async Task Tokens_are_checked_without_asking_the_issuer_again()
    {
        server.Rest();
        var token = server.Issuer.Token(AccessServer.Reader);
        await server.GetAsync(AccessAttack.Reading, null, ("Authorization", $"Bearer {token}"));
        var asked = server.Issuer.Asked;
        for (var i = 0; i < 20; i++)
        {
            var answer = await server.GetAsync(AccessAttack.Reading, null, ("Authorization", $"Bearer {token}"));
            Assert.Equal(HttpStatusCode.OK, answer.Status);
        }

        Assert.Equal(asked, server.Issuer.Asked);
        Assert.InRange(asked, 2, 20);
    }

    [Fact]
    public async Task A_page_of_another_site_may_send_a_key_to_read()
    {
        server.Rest();
        var asked = await server.Client.SendAsync(HttpMethod.Options, AccessAttack.Reading, null, ("Origin", AccessServer.Origin),
            ("Access-Control-Request-Method", "GET"), ("Access-Control-Request-Headers", "tsmap-key,authorization"));
        var read = await server.GetAsync(AccessAttack.Reading, AccessServer.ReadKey, ("Origin", AccessServer.Origin));

        Assert.Equal((HttpStatusCode.NoContent, AccessServer.Origin), (asked.Status, asked.Header("Access-Control-Allow-Origin")));
        Assert.Equal((HttpStatusCode.OK, AccessServer.Origin), (read.Status, read.Header("Access-Control-Allow-Origin")));
        Assert.Null(read.Header("Access-Control-Allow-Credentials"));
    }

    private static (string, string?) Basic(string key) =>
        ("Authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"any:{key}"))}");

    private (string, string?) Bearer(string role) => ("Authorization", $"Bearer {server.Issuer.Token(role)}");

    private JsonObject Scoped()
    {
        var claims = server.Issuer.Claims();
        claims["scp"] = $"openid {AccessServer.Reader}";
        claims["aud"] = new JsonArray("another", TokenIssuer.Audience);
        return claims;
    }
}
