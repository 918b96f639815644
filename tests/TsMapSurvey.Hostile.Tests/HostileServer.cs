using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace TsMapSurvey.Hostile.Tests;

/// <summary>
/// A server in a process of its own, set up as one that strangers reach: with a key for writing, small limits for clients, a second
/// address for health, and a heap that ends where that of a small container ends.
/// </summary>
internal sealed class HostileServer : IDisposable
{
    public const string Key = "the-key-of-the-tests-0123456789";
    public const string WebhookKey = "the-webhook-key-0123456789";
    public const int Connections = 200;
    public const int StreamsOfClient = 8;

    /// <summary>Resident at most, whatever is done to it.</summary>
    private const long MostMemory = 600_000_000;

    /// <summary>Long on any machine, however busy: what is waited for has happened sooner.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    private readonly ServedSurvey _served;
    private readonly int _process;
    private readonly Uri _health;
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        Expect100ContinueTimeout = TimeSpan.FromMinutes(5),
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1
    })
    {
        Timeout = LongestWait,
    };

    /// <param name="surveys">Paths of survey.json files.</param>
    public HostileServer(string store, params string[] surveys)
    {
        _health = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{WatchedServer.FreePort()}"));
        _served = new ServedSurvey(surveys[0], store,
            [.. surveys.Skip(1).SelectMany(survey => new[] { "--survey", survey }), .. Settings(), $"TSMAP_Health__Url={_health}"]);
        (_process, Address) = (_served.ProcessId, new Uri(_served.Address));
    }

    public Uri Address { get; }

    public ServedSurvey Served => _served;

    public string Said => _served.Said;

    public async Task<Answer> SendAsync(Ask ask, CancellationToken cancellationToken)
    {
        using var message = ask.Message(Address);
        return await AnswerAsync(message, cancellationToken);
    }

    /// <summary>Opens a connection, says this, and gives all that comes back until the server closes.</summary>
    public async Task<string> SayAsync(string script, CancellationToken cancellationToken)
    {
        using var socket = await ConnectAsync(cancellationToken);
        using var heard = new MemoryStream();
        try
        {
            await socket.SendAsync(Encoding.Latin1.GetBytes(script), cancellationToken);
            var part = new byte[4096];
            while (await socket.ReceiveAsync(part, cancellationToken) is var count and > 0) heard.Write(part, 0, count);
        }
        catch (SocketException)
        {
            // Closed the hard way.
        }

        return Encoding.Latin1.GetString(heard.ToArray());
    }

    public async Task<Socket> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync("127.0.0.1", Address.Port, cancellationToken);
        return socket;
    }

    /// <summary>An answer whose body is not waited for, as of a stream.</summary>
    public async Task<HttpResponseMessage> OpenAsync(Ask ask, CancellationToken cancellationToken)
    {
        using var message = ask.Message(Address);
        return await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    /// <summary>Asks until the answer is as wanted.</summary>
    public async Task<Answer> UntilAsync(Ask ask, Func<Answer, bool> isWanted, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LongestWait);
        while (true)
        {
            var answer = await SendAsync(ask, cancellationToken);
            if (isWanted(answer)) return answer;
            Assert.False(limit.IsCancellationRequested, $"{ask}: {answer.Shown}\n{Said}");
            await Task.Delay(100, cancellationToken);
        }
    }

    /// <summary>Waits until the log, which is written behind the answers, holds a text.</summary>
    public async Task UntilSaidAsync(string text, CancellationToken cancellationToken)
    {
        for (var limit = DateTime.UtcNow
            + TimeSpan.FromMinutes(1); !Said.Contains(text, StringComparison.Ordinal); await Task.Delay(50, cancellationToken))
            Assert.True(DateTime.UtcNow < limit, $"the log does not name {text}: {Said}");
    }

    public void ForgetPeak() => _served.ForgetPeak();

    /// <summary>It is the same process, answers, has said nothing of an unhandled exception, and took little memory.</summary>
    public async Task AssertWellAsync(CancellationToken cancellationToken)
    {
        Assert.False(_served.HasExited, $"the server ended: {Said}");
        Assert.Equal(_process, _served.ProcessId);
        var live = await SendAsync(Ask.Get("/health/live"), cancellationToken);
        Assert.True(live.Status == 200, live.Shown);
        Assert.DoesNotContain("Unhandled", Said, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("OutOfMemory", Said, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', Said);
        Assert.True(_served.PeakMemory < MostMemory, $"the server took {_served.PeakMemory / 1_000_000} MB");
    }

    /// <summary>As the address for health alone answers.</summary>
    public async Task<Answer> HealthAsync(CancellationToken cancellationToken)
    {
        using var message = Ask.Get("/health/live").Message(_health);
        return await AnswerAsync(message, cancellationToken);
    }

    public void Dispose()
    {
        _http.Dispose();
        _served.Dispose();
    }

    private async Task<Answer> AnswerAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        using var response = await _http.SendAsync(message, cancellationToken);
        return new Answer((int)response.StatusCode, response.Headers, response.Content.Headers.ContentType?.MediaType,
            await response.Content.ReadAsByteArrayAsync(cancellationToken));
    }

    private static IEnumerable<string> Settings() =>
    [
        $"TSMAP_Keys__Write={Key}", $"TSMAP_Intake__WebhookKey={WebhookKey}", "TSMAP_Intake__Interval=00:00:00.5",
        "TSMAP_Store__TailLength=1",
        string.Create(CultureInfo.InvariantCulture, $"TSMAP_Limits__Connections={Connections}"),
        string.Create(CultureInfo.InvariantCulture, $"TSMAP_Limits__StreamsPerClient={StreamsOfClient}"),
        "TSMAP_Limits__HeadersTimeout=00:00:02", "TSMAP_Limits__BodyTimeout=00:00:03",
        "TSMAP_Compute__UploadBytes=67108864", "DOTNET_GCHeapHardLimit=0x18000000",
    ];
}
