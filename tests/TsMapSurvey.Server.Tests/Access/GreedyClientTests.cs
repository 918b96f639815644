using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TsMapSurvey.Server.Tests.Access;

/// <summary>Clients that take all they can get, while observations arrive.</summary>
[Trait("Pace", "slow")]
public sealed class GreedyClientTests
{
    private const string Survey = "/api/surveys/small";
    private const int Slow = 40;
    private const int Greedy = 32;

    [Fact]
    public async Task Neither_slow_nor_greedy_clients_keep_observations_from_being_stacked()
    {
        using var folder = new TemporaryFolder();
        var survey = folder.File("survey.json");
        await File.WriteAllTextAsync(survey, SmallSurvey.Definition.ToJson(), TestContext.Current.CancellationToken);
        await SmallSurvey.PutAsync(folder.File("store"), 1);
        await using var server = await ServerHost.StartAsync(
            StackedServer.Settings(folder) with
            {
                Surveys = [survey],
                LimitOwnMachine = true,
                ClientRequests = 1000,
                ClientCostly = 100_000,
                ClientRunning = 16,
                ClientRunningCostly = 3,
            },
            CancellationToken.None);
        using var client = new Client(server.Address);
        await client.UntilAsync(Survey, answer => answer.Json.GetProperty("stacked").GetInt32() == 1);

        var held = new List<Socket>();
        using var ending = new CancellationTokenSource();
        var answers = new ConcurrentDictionary<HttpStatusCode, int>();
        var greedy = Task.WhenAll(Enumerable.Range(0, Greedy).Select(_ => TakeAsync(server.Address, answers, ending.Token)));
        try
        {
            // They ask for files and streams, and never read what comes.
            for (var i = 0; i < Slow; i++)
                held.Add(await AskAsync(server.Address, i % 2 == 0 ? $"{Survey}/tiles/x001y001/dataset.fits.gz" : $"{Survey}/events"));
            await SmallSurvey.PutAsync(folder.File("store"), 6);
            await client.UntilAsync(Survey, answer => answer.Json.GetProperty("stacked").GetInt32() == 6);
            while (!answers.ContainsKey(HttpStatusCode.TooManyRequests) || !answers.ContainsKey(HttpStatusCode.OK))
                await client.GetAsync(Survey);
            Assert.False(greedy.IsCompleted);
        }
        finally
        {
            await ending.CancelAsync();
            held.ForEach(socket => socket.Dispose());
        }

        await greedy;
        Assert.All(answers.Keys, status => Assert.True((int)status is 200 or 202 or 429 or 503, $"{status}"));
    }

    /// <summary>Asks for fresh mosaics, one after the other, from an address of its own.</summary>
    private static async Task TakeAsync(Uri server, ConcurrentDictionary<HttpStatusCode, int> answers, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(Clients.From("127.0.0.3")) { BaseAddress = server };
        try
        {
            for (var i = 0; ; i++)
            {
                var path = $"{Survey}/mosaic/flux.png?fresh=true&timeout=60&rescale=0,{i + 1}";
                using var answer = await http.GetAsync(path, cancellationToken);
                answers.AddOrUpdate(answer.StatusCode, 1, (_, count) => count + 1);
            }
        }
        catch (OperationCanceledException)
        {
            // The observations are stacked.
        }
    }

    private static async Task<Socket> AskAsync(Uri server, string path)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 1024 };
        socket.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.2"), 0));
        await socket.ConnectAsync(IPAddress.Loopback, server.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        return socket;
    }
}
