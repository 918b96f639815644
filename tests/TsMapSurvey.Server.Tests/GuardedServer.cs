using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace TsMapSurvey.Server.Tests;

/// <summary>A server as on a network: with keys, allowed hosts, an address for health checks, and low limits.</summary>
public sealed class GuardedServer : IAsyncLifetime
{
    public const string WriteKey = "the-first-key-0123456789";
    public const string OtherWriteKey = "the/second+key=0123456789";
    public const string WebhookKey = "a-key_of-32-characters-0123456789";
    public const string Name = "tsmap.example.org";
    public const string Origin = "https://dashboard.example.org";
    public const int Connections = 40;
    public const int Streams = 5;
    public const int StreamsPerClient = 3;

    private readonly TemporaryFolder _folder = new();
    private RunningServer? _server;

    internal Client Client { get; private set; } = null!;

    internal Uri Address => _server!.Address;

    internal Uri Health { get; private set; } = null!;

    internal IEnumerable<RouteEndpoint> Endpoints =>
        _server!.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    public async ValueTask InitializeAsync()
    {
        Health = new Uri($"http://127.0.0.1:{WatchedServer.FreePort()}");
        _server = await ServerHost.StartAsync(
            StackedServer.Settings(_folder) with
            {
                WriteKeys = [WriteKey, OtherWriteKey],
                IntakeWebhookKey = WebhookKey,
                AllowedHosts = [Name],
                CorsOrigins = [Origin],
                HealthUrl = Health.GetLeftPart(UriPartial.Authority),
                MaxConnections = Connections,
                MaxStreams = Streams,
                MaxStreamsPerClient = StreamsPerClient,
                HeadersTimeout = TimeSpan.FromSeconds(5),
            },
            CancellationToken.None);
        Client = new Client(Address);
        var made = await Client.SendAsync(
            HttpMethod.Post, "/api/surveys", SmallSurvey.Definition.ToJson(), (Server.Access.WebhookKey.Header, WriteKey));
        Assert.Equal(HttpStatusCode.Created, made.Status);
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (_server is not null) await _server.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>The classes that share it run one after the other, since some use all of its connections.</summary>
[CollectionDefinition(Name)]
public sealed class GuardedServerUse : ICollectionFixture<GuardedServer>
{
    public const string Name = "guarded server";
}
