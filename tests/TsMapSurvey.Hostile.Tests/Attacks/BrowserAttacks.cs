namespace TsMapSurvey.Hostile.Tests;

/// <summary>What a page of somebody else can have a browser send.</summary>
internal static class BrowserAttacks
{
    private const string Evil = "http://evil.example";
    private const string Survey = "/api/surveys/small";

    public static Attack[] Rows { get; } =
    [
        Attack.OfAll("another name for this machine (DNS rebinding)", [Ask.Get(Survey).With("Host", "evil.example"), Ask.Get("/")
            .With("Host", "evil.example:80"), Ask.Delete(Survey).WithKey().With("Host", "localhost.evil.example")], 400),
        Attack.Of("another name with a port that is none", Ask.Get(Survey).With("Host", "evil.example:99999"), 400),
        Attack.Raw("an address of another host in the request line",
            "GET http://evil.example/api/surveys HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", 400),
        Attack.Raw("a request without a host", "GET /api/surveys HTTP/1.1\r\nConnection: close\r\n\r\n", 400),
        Attack.Raw("a request with two hosts",
            "GET /api/surveys HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n", 400),
        new Attack("a question whether a foreign page may write (CORS)", async (server, token) =>
        {
            foreach (var method in new[] { "DELETE", "PUT", "POST", "GET" })
            {
                var ask = new Ask(HttpMethod.Options, Survey).With("Origin", Evil).With("Access-Control-Request-Method", method)
                    .With("Access-Control-Request-Headers", "tsmap-key");
                IsClosed(await server.SendAsync(ask, token));
            }
        }),
        new Attack("a foreign page that reads", async (server, token) =>
        {
            foreach (var origin in new[] { Evil, "null", "http://localhost.evil.example" })
                IsClosed(await server.SendAsync(Ask.Get(Survey).With("Origin", origin), token));
        }),
        Attack.OfAll("a foreign page that writes", [Ask.Delete(Survey).WithKey()
            .With("Origin", Evil), Ask.Post($"{Survey}/observations/sim-0001.fits.gz/retract").WithKey().With("Origin", "null")], 403),
        new Attack("a method in a header", async (server, token) =>
        {
            var ask = Ask.Get(Survey).WithKey().With("X-HTTP-Method-Override", "DELETE").With("X-Method-Override", "DELETE");
            Attack.Expect(ask, await server.SendAsync(ask, token), 200);
            Attack.Expect(ask, await server.SendAsync(Ask.Get(Survey), token), 200);
        }),
    ];

    private static void IsClosed(Answer answer)
    {
        Assert.Null(answer.Header("Access-Control-Allow-Origin"));
        Assert.Null(answer.Header("Access-Control-Allow-Methods"));
        Assert.Null(answer.Header("Access-Control-Allow-Credentials"));
    }
}
