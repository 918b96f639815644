using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TsMapSurvey.Server.Tests;

/// <summary>Clients that occupy connections.</summary>
[Collection(GuardedServerUse.Name)]
[Trait("Pace", "slow")]
public sealed class ConnectionTests(GuardedServer server)
{
    private const string Whole = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private const int Crowd = 5 * GuardedServer.Connections;

    [Fact]
    public async Task One_connection_too_many_is_closed_at_once_and_health_answers_on_its_own_address()
    {
        var held = new List<Socket>();
        try
        {
            while (await OpenAsync(Whole) is var socket && await FirstAsync(socket) == 'H') held.Add(socket);
            Assert.InRange(held.Count, 1, GuardedServer.Connections);
            for (var i = 0; i < Crowd; i++)
            {
                using var refused = await OpenAsync(Whole);
                Assert.Null(await FirstAsync(refused));
            }

            using var health = new Client(server.Health);
            Assert.Equal(HttpStatusCode.OK, (await health.GetAsync("/health/live")).Status);
            Assert.Equal(HttpStatusCode.OK, (await health.GetAsync("/health/ready")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await health.GetAsync("/api/surveys")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await health.GetAsync("/")).Status);
        }
        finally
        {
            held.ForEach(socket => socket.Dispose());
        }

        await AnswersAgainAsync();
    }

    [Fact]
    public async Task Half_a_request_is_given_up()
    {
        string[] halves =
        [
            "GET /health/live HTTP/1.1\r\nHost: localhost\r\n", "GET /health/live HTTP/1.1\r\nHost: loc", "GE",
            $"POST /api/surveys HTTP/1.1\r\nHost: localhost\r\nTsmap-Key: {GuardedServer.WriteKey}\r\nContent-Type: "
                + "application/json\r\nContent-Length: 100\r\n\r\n{",
        ];
        var held = new List<Socket>();
        try
        {
            // All at once, since the server waits for seconds before it gives one up.
            for (var i = 0; i < GuardedServer.Connections / 2; i++) held.Add(await OpenAsync(halves[i % halves.Length]));
            // The client sends nothing more, and the server closes each connection.
            foreach (var socket in held) Assert.DoesNotContain("200 OK", await RestAsync(socket), StringComparison.Ordinal);
        }
        finally
        {
            held.ForEach(socket => socket.Dispose());
        }

        await AnswersAgainAsync();
    }

    [Fact]
    public async Task Streams_are_limited_for_each_client_and_in_all_and_a_place_that_is_left_is_free()
    {
        const string Events = "/api/surveys/small/events";
        using var one = From("127.0.0.1");
        using var other = From("127.0.0.2");
        var open = new Queue<HttpResponseMessage>();
        for (var i = 0; i < GuardedServer.StreamsPerClient; i++) open.Enqueue(await AskAsync(one, Events));
        Assert.All(open, stream => Assert.Equal(HttpStatusCode.OK, stream.StatusCode));
        using (var refused = await AskAsync(one, Events)) await IsRefusedAsync(refused, HttpStatusCode.TooManyRequests);

        for (var i = GuardedServer.StreamsPerClient; i < GuardedServer.Streams; i++) open.Enqueue(await AskAsync(other, Events));
        Assert.All(open, stream => Assert.Equal(HttpStatusCode.OK, stream.StatusCode));
        using (var refused = await AskAsync(other, Events)) await IsRefusedAsync(refused, HttpStatusCode.ServiceUnavailable);
        using (var head = await one.SendAsync(new HttpRequestMessage(HttpMethod.Head, Events)))
            Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (head.StatusCode, head.Content.Headers.ContentType?.MediaType));

        foreach (var stream in open) stream.Dispose();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        while (true)
        {
            using var again = await AskAsync(one, Events);
            if (again.StatusCode == HttpStatusCode.OK) break;
            await Task.Delay(50, limit.Token);
        }
    }

    private async Task AnswersAgainAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        while (true)
        {
            using var socket = await OpenAsync(Whole);
            if (await FirstAsync(socket) == 'H') return;
            await Task.Delay(50, limit.Token);
        }
    }

    private static async Task IsRefusedAsync(HttpResponseMessage answer, HttpStatusCode status)
    {
        Assert.Equal((status, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Contains("event streams", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> AskAsync(HttpClient http, string path) =>
        http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);

    private HttpClient From(string address) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (context, token) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
            await socket.ConnectAsync(context.DnsEndPoint, token);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    { BaseAddress = server.Address };

    private async Task<Socket> OpenAsync(string request)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, server.Address.Port);
        try
        {
            await socket.SendAsync(Encoding.ASCII.GetBytes(request));
        }
        catch (SocketException)
        {
            // Already closed; the read below shows it.
        }

        return socket;
    }

    /// <summary>The first character received; null if the server closed the connection instead.</summary>
    private static async Task<char?> FirstAsync(Socket socket)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        var first = new byte[1];
        try
        {
            return await socket.ReceiveAsync(first, limit.Token) == 1 ? (char)first[0] : null;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    /// <summary>Everything received until the server closes the connection.</summary>
    private static async Task<string> RestAsync(Socket socket)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        var (said, part) = (new StringBuilder(), new byte[4096]);
        try
        {
            while (await socket.ReceiveAsync(part, limit.Token) is var count and > 0) said.Append(Encoding.ASCII.GetString(part, 0, count));
        }
        catch (SocketException)
        {
            // Closed with a reset.
        }

        return said.ToString();
    }
}
