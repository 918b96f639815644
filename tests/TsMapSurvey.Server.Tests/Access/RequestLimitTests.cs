using System.Net;
using TsMapSurvey.Server.Access;

namespace TsMapSurvey.Server.Tests.Access;

/// <summary>What happens to clients that ask for too much. The clock of the limits stands still unless a test moves it.</summary>
[Collection(AccessServerUse.Name)]
public sealed class RequestLimitTests(AccessServer server)
{
    private const string Survey = "/api/surveys/small";
    private const string Cheap = "/api/colorbar.png?rescale=0,1";

    /// <summary>Twenty seconds' worth of requests may come at once.</summary>
    private const int Burst = 20 * AccessServer.Requests;
    private const int CostlyBurst = 20 * AccessServer.Costly / 60;

    [Fact]
    public async Task A_client_that_is_too_fast_is_told_when_to_come_back_and_is_served_then()
    {
        var (key, other) = (server.NewKey(), server.NewKey());
        for (var left = Burst - 1; left >= 0; left--)
        {
            var answer = await server.GetAsync(Cheap, key);
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.Equal($"\"requests\";r={left};q={Burst}", answer.Header("RateLimit"));
        }

        var refused = await server.GetAsync(Cheap, key);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.Equal("application/problem+json", refused.ContentHeaders.ContentType?.MediaType);
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter?.Delta);
        Assert.Equal($"\"requests\";r=0;q={Burst}", refused.Header("RateLimit"));
        Assert.Contains("5 requests a second", refused.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync(Cheap, other)).Status);

        server.Time.Advance(TimeSpan.FromSeconds(1));
        for (var i = 0; i < AccessServer.Requests; i++) Assert.Equal(HttpStatusCode.OK, (await server.GetAsync(Cheap, key)).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await server.GetAsync(Cheap, key)).Status);
    }

    [Theory]
    [InlineData(Survey + "/mosaic/sqrt_ts.json")]
    [InlineData(Survey + "/preview.png")]
    [InlineData(Survey + "/statistics")]
    [InlineData(Survey + "/point/340,0?frame=galactic&fresh=true")]
    [InlineData(Survey + "/candidates?fresh=TRUE")]
    [InlineData(Survey + "/tiles/x001y001/dataset.fits.gz")]
    public async Task Costly_requests_have_a_smaller_limit(string path)
    {
        var key = server.NewKey();
        for (var i = 0; i < CostlyBurst; i++) Assert.InRange((int)(await server.GetAsync(path, key)).Status, 200, 202);

        var refused = await server.GetAsync(path, key);
        Assert.Equal((HttpStatusCode.TooManyRequests, 10.0), (refused.Status, refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds));
        Assert.Contains("costly", refused.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync(Survey + "/status?", key)).Status);
        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync(Survey + "/point/340,0?frame=galactic&fresh=false", key)).Status);
        server.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.InRange((int)(await server.GetAsync(path, key)).Status, 200, 202);
    }

    [Fact]
    public async Task Writing_is_costly()
    {
        server.Rest();
        async Task<HttpStatusCode> PostAsync() => (await server.Client.SendAsync(
            HttpMethod.Post, AccessAttack.Writing, null, (WebhookKey.Header, AccessServer.WriteKey))).Status;
        for (var i = 0; i < CostlyBurst; i++) Assert.Equal(HttpStatusCode.NotFound, await PostAsync());

        Assert.Equal(HttpStatusCode.TooManyRequests, await PostAsync());
        server.Rest();
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync());
    }

    [Fact]
    public async Task Health_has_no_limit()
    {
        for (var i = 0; i < 3 * Burst; i++) Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("/health/live")).Status);
    }

    [Fact]
    public async Task Guesses_of_keys_have_the_limit_of_their_address()
    {
        server.Rest();
        for (var i = 0; i < Burst; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await server.GetAsync(Survey, $"a-guess-of-a-key-{i:d6}")).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await server.GetAsync(Survey, "a-guess-of-a-key-xxxxxx")).Status);
        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync(Survey, server.NewKey())).Status);
        server.Rest();
    }

    [Fact]
    public async Task A_client_cannot_choose_its_address_but_a_known_proxy_can()
    {
        server.Rest();
        for (var i = 0; i < Burst; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await server.GetAsync(Survey, null, ("X-Forwarded-For", $"203.0.113.{i}"))).Status);
        Assert.Equal(
            HttpStatusCode.TooManyRequests, (await server.GetAsync(Survey, null, ("X-Forwarded-For", "203.0.113.200"))).Status);

        using var proxy = new HttpClient(Clients.From("127.0.0.9")) { BaseAddress = server.Address };
        async Task<HttpStatusCode> ForAsync(string clients)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Survey);
            request.Headers.TryAddWithoutValidation("X-Forwarded-For", clients);
            using var answer = await proxy.SendAsync(request);
            return answer.StatusCode;
        }

        for (var i = 0; i < Burst; i++) Assert.Equal(HttpStatusCode.Unauthorized, await ForAsync("203.0.113.1"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await ForAsync("203.0.113.1"));
        // What stands before the address that the last proxy saw is the client's invention; further proxies are in the settings.
        Assert.Equal(HttpStatusCode.TooManyRequests, await ForAsync("203.0.113.7, 203.0.113.1"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await ForAsync("203.0.113.1, 198.51.100.7"));
        Assert.Equal(HttpStatusCode.Unauthorized, await ForAsync("203.0.113.2"));
        Assert.Equal(HttpStatusCode.Unauthorized, await ForAsync("2001:db8:1:2::1"));
        server.Rest();
    }
}
