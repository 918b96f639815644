using System.Net;
using System.Net.Sockets;

namespace TsMapSurvey.Hostile.Tests;

/// <summary>Events of blobs from somebody who wants the server to ask elsewhere, or to work.</summary>
internal static class WebhookAttacks
{
    private const string Notify = "/api/surveys/small/observations:notify";
    private const int Many = 1500;

    public static Attack[] Rows { get; } =
    [
        new Attack("an address to confirm a webhook at", async (server, token) =>
        {
            // Whoever connects here was sent by the server.
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var here = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/";
            var validation = GridEvents.Validation("code-1").Replace(
                "https://rp-eastus2.eventgrid.azure.net:553/eventsubscriptions/estest/validate?id=1", here, StringComparison.Ordinal);
            Assert.Contains(here, validation, StringComparison.Ordinal);
            var ask = Ask.Post(Notify, validation).With("Tsmap-Key", HostileServer.WebhookKey);
            Assert.Equal(
                "code-1", Attack.Expect(ask, await server.SendAsync(ask, token), 200).Json.GetProperty("validationResponse").GetString());
            var created = GridEvents.Created("observations/x.fits")
                .Replace("https://acc.blob.core.windows.net/", here, StringComparison.Ordinal);
            ask = Ask.Post(Notify, $"[{created}]").With("Tsmap-Key", HostileServer.WebhookKey);
            Attack.Expect(ask, await server.SendAsync(ask, token), 200);
            Assert.False(listener.Pending(), "the server asked the address that an event named");
        }),
        new Attack("the code of a webhook without its key", async (server, token) =>
        {
            var ask = Ask.Post(Notify, GridEvents.Validation("code-2"));
            Assert.DoesNotContain("code-2", Attack.Expect(ask, await server.SendAsync(ask, token), 401).Text, StringComparison.Ordinal);
        }),
        Attack.Of("an event that is none, with a code that is a list", Ask.Post(Notify, """[{ "eventType": "Microsoft.EventGrid.SubscriptionValidationEvent", "data": { "validationCode": [1] } }]""").With("Tsmap-Key", HostileServer.WebhookKey), 400),
        Attack.Of(
            "events of ten thousand levels", Ask.Post(Notify, new string('[', 10_000)).With("Tsmap-Key", HostileServer.WebhookKey), 400),
        Attack.Of("fifteen hundred events of blobs that are not there", Ask.Post(
            Notify, $"[{string.Join(',', Enumerable.Range(0, Many).Select(i => GridEvents.Created($"observations/none-{i}.fits")))}]")
            .With("Tsmap-Key", HostileServer.WebhookKey), 200),
        Attack.Of("three megabytes of events", Ask.Post(Notify, new string(' ', 3 << 20)).With("Tsmap-Key", HostileServer.WebhookKey), 413),
        new Attack("events of blobs outside", async (server, token) =>
        {
            foreach (var blob in new[] { "../../etc/passwd", "observations/../definitions/small.json", "observations/a\\b.fits",
                new string('o', 5000) + ".fits" })
            {
                var ask = Ask.Post(Notify, $"[{GridEvents.Created(blob)}]").With("Tsmap-Key", HostileServer.WebhookKey);
                Attack.Expect(ask, await server.SendAsync(ask, token), 200, 400);
            }

            var known = (await server.SendAsync(Ask.Get("/api/surveys/small/observations"), token)).Text;
            Assert.True(
                !known.Contains("passwd", StringComparison.Ordinal) && !known.Contains("small.json", StringComparison.Ordinal), known);
        }),
    ];
}
