using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace TsMapSurvey.Hostile.Tests;

/// <summary>Connections that are kept, and what is no HTTP.</summary>
internal static class ConnectionAttacks
{
    private const string Live = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n";
    private const string Post =
        "POST /api/surveys HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\nTsmap-Key: "
        + HostileServer.Key + "\r\n";
    private const string Smuggled = "GET /api/surveys/smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n";

    public static Attack[] Rows { get; } =
    [
        new Attack("more connections than there are places", CrowdAsync),
        new Attack("half a request on fifty connections", HalfAsync),
        new Attack("streams of events without end", StreamsAsync),
        Attack.Raw("a body that never comes", Post + "Content-Length: 1000\r\n\r\n{ \"name\":", 0, 400, 408),
        Attack.Raw("a head that never ends", Live + string.Concat(Enumerable.Range(0, 20).Select(i => $"X-Slow-{i}: 1\r\n")), 0, 408),
        new Attack("a body that trickles, faster than a connection is dropped for", TrickleAsync),
        Attack.OfRaw("bodies that are compressed", [Post + "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
            Post + "Content-Encoding: br, gzip\r\nContent-Length: 2\r\n\r\n{}"], 415),
        new Attack("a body with two lengths (request smuggling)", async (server, token) =>
        {
            foreach (var lengths in new[] { "Content-Length: 4\r\nContent-Length: 60\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", "Content-Length: +4\r\n",
                "Transfer-Encoding: xchunked\r\n" })
                Assert.True(Attack.StatusOf(await server.SayAsync(Post + lengths + "\r\n0\r\n\r\n" + Smuggled, token)) is 0 or 400
                    or 501, lengths);
        }),
        new Attack("a length beside chunks (request smuggling)", async (server, token) =>
        {
            // By the length the second request is body; by the chunks it is one. Either way nobody may take it for an answer of its own.
            var heard =
                await server.SayAsync(Post + "Content-Length: 200\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + Smuggled, token);
            Assert.Equal(400, Attack.StatusOf(heard));
            Assert.Equal(1, heard.Split("HTTP/1.1 ").Length - 1);
            Assert.DoesNotContain("smuggled", heard, StringComparison.Ordinal);
        }),
        Attack.OfRaw("chunks longer than memory", [Post + "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\nx", Post
            + "Transfer-Encoding: chunked\r\n\r\n-1\r\nx", Post + "Content-Length: 99999999999999999999\r\n\r\nx"], 0, 400, 413),
        Attack.Raw("a flood of headers", Live + string.Concat(Enumerable.Range(0, 500).Select(i => $"X-Flood-{i}: 1\r\n")) + "\r\n", 431),
        Attack.Raw("a header of 100 kB", Live + $"X-Large: {new string('x', 100_000)}\r\n\r\n", 0, 431),
        Attack.OfRaw("headers that are none", [Live + "X-\0: 1\r\n\r\n", Live + "no colon\r\n\r\n", Live + " folded: 1\r\n\r\n"], 0, 400),
        Attack.OfRaw("what is no HTTP", ["\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + new string('\0', 200), "GET /\r\n\r\n",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0", "GET / HTTP/9.9\r\n\r\n", new string('\xff', 20_000)], 0, 400, 414, 505),
        new Attack("a thousand requests on one connection at once", async (server, token) =>
        {
            var heard =
                await server.SayAsync(string.Concat(Enumerable.Repeat(Live + "\r\n", 999)) + Live + "Connection: close\r\n\r\n", token);
            Assert.Equal(1000, heard.Split("HTTP/1.1 200").Length - 1);
        }),
    ];

    private static async Task CrowdAsync(HostileServer server, CancellationToken cancellationToken)
    {
        var held = new List<Socket>();
        try
        {
            for (var i = 0; i < 2 * HostileServer.Connections; i++)
            {
                held.Add(await server.ConnectAsync(cancellationToken));
                await SendAsync(held[^1], Live + "\r\n", cancellationToken);
            }

            var answered = 0;
            foreach (var socket in held) answered += await FirstAsync(socket, cancellationToken) ? 1 : 0;
            Assert.InRange(answered, 1, HostileServer.Connections);
            Assert.Equal(200, (await server.HealthAsync(cancellationToken)).Status);
        }
        finally
        {
            held.ForEach(socket => socket.Dispose());
        }

        await FreeAsync(server, cancellationToken);
    }

    private static async Task HalfAsync(HostileServer server, CancellationToken cancellationToken)
    {
        var heard = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => server.SayAsync(Live, cancellationToken)));
        Assert.All(heard, said => Assert.DoesNotContain("200 OK", said, StringComparison.Ordinal));
    }

    private static async Task TrickleAsync(HostileServer server, CancellationToken cancellationToken)
    {
        using var socket = await server.ConnectAsync(cancellationToken);
        await SendAsync(socket, Post + "Content-Length: 900000\r\n\r\n", cancellationToken);
        var answer = FirstAsync(socket, cancellationToken);
        var answered = Task.WhenAny(answer, Task.Delay(HostileServer.LongestWait, cancellationToken));
        while (!answered.IsCompleted)
        {
            await SendAsync(socket, new string(' ', 100), cancellationToken);
            await Task.WhenAny(answered, Task.Delay(50, cancellationToken));
        }

        Assert.True(answer.IsCompletedSuccessfully, "a body that trickles is still waited for");
    }

    private static async Task StreamsAsync(HostileServer server, CancellationToken cancellationToken)
    {
        var streams = new List<HttpResponseMessage>();
        try
        {
            for (var i = 0; i < 3 * HostileServer.StreamsOfClient; i++) streams.Add(
                await server.OpenAsync(Ask.Get("/api/surveys/small/events"), cancellationToken));
            Assert.Equal(HostileServer.StreamsOfClient, streams.Count(stream => (int)stream.StatusCode == 200));
            Assert.All(streams, stream => Assert.True((int)stream.StatusCode is 200 or 429 or 503, $"{stream.StatusCode}"));
        }
        finally
        {
            streams.ForEach(stream => stream.Dispose());
        }
    }

    private static async Task FreeAsync(HostileServer server, CancellationToken cancellationToken)
    {
        for (var limit = DateTime.UtcNow + HostileServer.LongestWait; DateTime.UtcNow < limit; await Task.Delay(50, cancellationToken))
        {
            using var socket = await server.ConnectAsync(cancellationToken);
            await SendAsync(socket, Live + "\r\n", cancellationToken);
            if (await FirstAsync(socket, cancellationToken)) return;
        }

        Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"no connection was free within {HostileServer.LongestWait}"));
    }

    private static async Task SendAsync(Socket socket, string text, CancellationToken cancellationToken)
    {
        try
        {
            await socket.SendAsync(Encoding.ASCII.GetBytes(text), cancellationToken);
        }
        catch (SocketException)
        {
            // Closed already: reading tells.
        }
    }

    /// <summary>Whether anything comes before the server closes.</summary>
    private static async Task<bool> FirstAsync(Socket socket, CancellationToken cancellationToken)
    {
        try
        {
            return await socket.ReceiveAsync(new byte[1], cancellationToken) == 1;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
