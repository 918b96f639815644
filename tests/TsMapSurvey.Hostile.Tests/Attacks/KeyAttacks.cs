using System.Text.Json;

namespace TsMapSurvey.Hostile.Tests;

/// <summary>Everything that changes something, by somebody without the key.</summary>
internal static class KeyAttacks
{
    private const string Survey = "/api/surveys/small";
    private const string Observation = $"{Survey}/observations/sim-0001.fits.gz";
    private const string Job = "/api/compute/0123456789abcdef0123456789abcdef";
    private const int Large = 30_000;

    private static readonly Ask[] Writing =
    [
        Ask.Post("/api/surveys", SmallSky.Definition("mine")), Ask.Put(Survey, SmallSky.Definition("small")), Ask.Delete(Survey),
        Ask.Post($"{Observation}/retract"), Ask.Post($"{Observation}/retry"),
        Ask.Post($"{Survey}/observations:notify", "[]"), Ask.Post("/api/compute", """{ "datasets": ["a"] }"""), new Ask(HttpMethod.Post, $"{Job}/datasets/0", "x"u8.ToArray(), "application/octet-stream"), Ask.Post($"{Job}/start"), Ask.Delete(Job),
    ];

    public static Attack[] Rows { get; } =
    [
        .. Writing.Select(ask => Attack.OfAll($"{ask} without a key", [ask, ask.With("Tsmap-Key", ""), ask.With("Authorization", "Bearer "
            + $"{HostileServer.Key}"), ask with { Path = $"{ask.Path}?key={HostileServer.Key}" }], 401)),
        Attack.OfAll("keys that are nearly right", WrongKeys().SelectMany(key => Writing.Select(ask => ask.With("Tsmap-Key", key))), 401),
        Attack.OfAll("the webhook's key for something else", Writing.Where(ask => !ask.Path.EndsWith(":notify", StringComparison.Ordinal))
            .Select(ask => ask.With("Tsmap-Key", HostileServer.WebhookKey)), 401),
        Attack.OfAll("methods that nobody needs", [new Ask(HttpMethod.Trace, Survey).WithKey(), new Ask(
            HttpMethod.Patch, Survey, "{}"u8.ToArray()).WithKey(), new Ask(new HttpMethod("BREW"), Survey)
            .WithKey(), Ask.Delete("/api/surveys").WithKey(), Ask.Put($"{Survey}/status", "{}").WithKey()], 404, 405),
        Attack.WithKey(
            "an idempotency key of 30 kB", Ask.Post($"{Observation}/retract").With("Idempotency-Key", new string('k', Large)), 400, 431),
        new Attack("HEAD for everything that GET gives", HeadAsync),
    ];

    private static IEnumerable<string> WrongKeys() =>
        [HostileServer.Key[..^1], HostileServer.Key + "0", HostileServer.Key.ToUpperInvariant(),
            $"{HostileServer.Key},{HostileServer.Key}", $"'{HostileServer.Key}'", new string('0', 8000)];

    private static async Task HeadAsync(HostileServer server, CancellationToken cancellationToken)
    {
        var api = (await server.SendAsync(Ask.Get("/openapi/v1.json"), cancellationToken)).Json;
        var paths = api.GetProperty("paths").EnumerateObject().Where(path => path.Value.TryGetProperty("get", out _))
            .Select(path => path.Name).ToArray();
        Assert.True(paths.Length > 20, JsonSerializer.Serialize(paths));
        foreach (var path in paths)
        {
            var filled = path.Replace("{survey}", "small", StringComparison.Ordinal)
                .Replace("{tile}", "x001y001", StringComparison.Ordinal).Replace("{map}", "point", StringComparison.Ordinal)
                .Replace("{quantity}", "sqrt_ts", StringComparison.Ordinal).Replace("{format}", "json", StringComparison.Ordinal)
                    .Replace("{ra}", "251.7", StringComparison.Ordinal).Replace("{dec}", "-45.2", StringComparison.Ordinal)
                .Replace("{x}", "30", StringComparison.Ordinal).Replace("{y}", "20", StringComparison.Ordinal)
                    .Replace("{name}", "sim-0001.fits.gz", StringComparison.Ordinal);
            var (head, get) = (new Ask(HttpMethod.Head, filled), Ask.Get(filled));
            var found = await server.SendAsync(head, cancellationToken);
            Assert.Empty(found.Bytes);
            if (filled.EndsWith("/events", StringComparison.Ordinal)) Assert.True(found.Status == 200, $"{head}: {found.Shown}");
            else Assert.True(found.Status == (await server.SendAsync(get, cancellationToken)).Status, $"{head}: {found.Status}");
        }
    }
}
