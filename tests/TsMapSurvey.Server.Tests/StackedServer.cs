using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TsMapSurvey.Server.Published;
using TsMapSurvey.Server.Settings;

namespace TsMapSurvey.Server.Tests;

/// <summary>A server with a survey of four stacked observations and an invalid one, with computed maps; for tests that only read.</summary>
public sealed class StackedServer : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private RunningServer? _server;

    internal Client Client { get; private set; } = null!;

    internal Uri Address => _server!.Address;

    internal IEnumerable<RouteEndpoint> Endpoints =>
        _server!.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    /// <summary>The folder of the store.</summary>
    internal string Store => _folder.File("store");

    /// <summary>Clears the server's caches, so that the next answers are read from the store.</summary>
    internal Task ForgetAsync() => _server!.Services.GetRequiredService<ByteCache>()
        .GetAsync("more than there is room for", () => Task.FromResult(""), _ => long.MaxValue / 2, CancellationToken.None);

    internal static ServerSettings Settings(TemporaryFolder folder) => new()
    {
        Urls = ["http://127.0.0.1:0"],
        Store = folder.File("store"),
        IntakeInterval = TimeSpan.FromMilliseconds(200),
        EventInterval = TimeSpan.FromMilliseconds(100),
        LogLevel = LogLevel.Critical,
    };

    public async ValueTask InitializeAsync()
    {
        var survey = _folder.File("survey.json");
        await File.WriteAllTextAsync(survey, SmallSurvey.Definition.ToJson());
        await SmallSurvey.PutAsync(_folder.File("store"), 4);
        await SmallSurvey.PutBadAsync(_folder.File("store"), "night/<b>bad.fits");
        _server = await ServerHost.StartAsync(Settings(_folder) with { Surveys = [survey] }, CancellationToken.None);
        Client = new Client(_server.Address);
        await Client.UntilAsync("/api/surveys/small", answer =>
            answer.Json.GetProperty("stacked").GetInt32() == 4 && answer.Json.GetProperty("quarantined").GetInt32() == 1);
        var made = await Client.GetAsync("/api/surveys/small/mosaic/sqrt_ts.json?fresh=true&timeout=40");
        Assert.Equal(System.Net.HttpStatusCode.OK, made.Status);
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (_server is not null)
        {
            await _server.StopAsync(CancellationToken.None);
            await _server.DisposeAsync();
        }

        _folder.Dispose();
    }
}
