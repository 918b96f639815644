using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using TsMapSurvey.Server.Access;
using TsMapSurvey.Server.Limits;
using TsMapSurvey.Server.Settings;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Server.Tests.Access;

/// <summary>
/// A server as a collaboration runs it: reading needs a key or a token, each client has small limits, a proxy is in front. Its limits have
/// a clock that only the tests move; and what it asks of grains and store is recorded.
/// </summary>
public sealed class AccessServer : IAsyncLifetime
{
    public const string WriteKey = "a-key-for-writing-0123456789";
    public const string ReadKey = "a-key-for-reading-0123456789";
    public const string OperateKey = "a-key-for-operators-0123456789";
    public const string Reader = "Survey.Read";
    public const string Writer = "Survey.Write";
    public const string Operator = "Survey.Operate";
    public const string Origin = "https://dashboard.example.org";
    public const int Requests = 5;
    public const int Costly = 6;
    public const int Running = 4;
    public const int RunningCostly = 2;

    /// <summary>Further keys for reading, so that each test is a client of its own.</summary>
    private static readonly string[] OtherReadKeys = [.. Enumerable.Range(0, 40).Select(number => $"another-key-for-reading-{number:d4}")];

    private readonly TemporaryFolder _folder = new();
    private RunningServer? _server;
    private int _keys;

    internal TokenIssuer Issuer { get; } = new();

    internal FakeTimeProvider Time { get; } = new();

    /// <summary>Ids of the grains that were called and names of the blobs that were asked for, since it was cleared.</summary>
    internal ConcurrentDictionary<string, bool> Touched { get; } = new();

    internal Client Client { get; private set; } = null!;

    internal Uri Address => _server!.Address;

    internal IServiceProvider Services => _server!.Services;

    internal IEnumerable<RouteEndpoint> Endpoints =>
        _server!.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    public async ValueTask InitializeAsync()
    {
        var survey = _folder.File("survey.json");
        await File.WriteAllTextAsync(survey, SmallSurvey.Definition.ToJson());
        await SmallSurvey.PutAsync(_folder.File("store"), 1);
        _server = await ServerHost.StartAsync(
            StackedServer.Settings(_folder) with
            {
                Surveys = [survey],
                WriteKeys = [WriteKey],
                ReadKeys = [ReadKey, .. OtherReadKeys],
                OpenReads = false,
                OperateKeys = [OperateKey],
                TokenAuthority = Issuer.Authority,
                TokenAudiences = [TokenIssuer.Audience],
                CorsOrigins = [Origin],
                KnownProxies = ["127.0.0.9", "198.51.100.0/24"],
                LimitOwnMachine = true,
                ClientRequests = Requests,
                ClientCostly = Costly,
                ClientRunning = Running,
                ClientRunningCostly = RunningCostly,
                BodyTimeout = TimeSpan.FromSeconds(2),
            },
            null, Replace, CancellationToken.None);
        Client = new Client(Address);
        using var patient = new Client(Address);
        while (true)
        {
            Time.Advance(TimeSpan.FromMinutes(1));
            var status = await GetAsync("/api/surveys/small/status", ReadKey);
            Assert.Equal(HttpStatusCode.OK, status.Status);
            if (status.Json.GetProperty("stacked").GetInt32() == 1) break;
            await Task.Delay(50);
        }

        Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/api/surveys/small/mosaic/sqrt_ts.json?fresh=true&timeout=60", ReadKey)).Status);
    }

    /// <summary>A key for reading that no other test uses.</summary>
    internal string NewKey() => OtherReadKeys[Interlocked.Increment(ref _keys) - 1];

    /// <summary>Lets the limits of all clients recover.</summary>
    internal void Rest() => Time.Advance(TimeSpan.FromMinutes(10));

    internal Task<Answer> GetAsync(string path, string? key, params (string Name, string? Value)[] headers) =>
        Client.SendAsync(HttpMethod.Get, path, null, [(WebhookKey.Header, key), .. headers]);

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (_server is not null) await _server.DisposeAsync();
        Issuer.Dispose();
        _folder.Dispose();
    }

    private void Replace(IServiceCollection services)
    {
        services.AddSingleton(provider => new ClientLimits(provider.GetRequiredService<ServerSettings>(), Time));
        services.AddSingleton<IIncomingGrainCallFilter>(new RecordedCalls(Touched));
        var open = services.Last(service => service.ServiceType == typeof(IBlobStore)).ImplementationFactory!;
        services.AddSingleton<IBlobStore>(provider => new RecordedStore((IBlobStore)open(provider), Touched));
    }

    private sealed class RecordedCalls(ConcurrentDictionary<string, bool> touched) : IIncomingGrainCallFilter
    {
        public Task Invoke(IIncomingGrainCallContext context)
        {
            touched[$"grain {context.TargetContext.GrainId}"] = true;
            return context.Invoke();
        }
    }
}

/// <summary>The classes that share it run one after the other, since some use up limits.</summary>
[CollectionDefinition(Name)]
public sealed class AccessServerUse : ICollectionFixture<AccessServer>
{
    public const string Name = "access server";
}
