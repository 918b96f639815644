using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TsMapSurvey.Server.Published;
using TsMapSurvey.Server.Settings;

namespace TsMapSurvey.Server.Tests;

/// <summary>A server with a survey of four stacked observations and an invalid one, with computed maps; for tests that only read.</summary>
public sealed class StackedServer : HostedServer
{

    internal IEnumerable<RouteEndpoint> Endpoints =>
        Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    /// <summary>Clears the server's caches, so that the next answers are read from the store.</summary>
    internal Task ForgetAsync() => Services.GetRequiredService<ByteCache>()
        .GetAsync("more than there is room for", () => Task.FromResult(""), _ => long.MaxValue / 2, CancellationToken.None);

    internal static ServerSettings Settings(TemporaryFolder folder) => new()
    {
        Urls = ["http://127.0.0.1:0"],
        Store = folder.File("store"),
        IntakeInterval = TimeSpan.FromMilliseconds(200),
        EventInterval = TimeSpan.FromMilliseconds(100),
        LogLevel = LogLevel.Critical,
    };

    private protected override async Task<ServerSettings> PrepareAsync()
    {
        await SmallSurvey.PutAsync(Store, 4);
        await SmallSurvey.PutBadAsync(Store, "night/<b>bad.fits");
        return await SettingsAsync(SmallSurvey.Definition);
    }

    private protected override async Task ReadyAsync()
    {
        await Client.UntilAsync("/api/surveys/small", answer =>
            answer.Json.GetProperty("stacked").GetInt32() == 4 && answer.Json.GetProperty("quarantined").GetInt32() == 1);
        var made = await Client.GetAsync("/api/surveys/small/mosaic/sqrt_ts.json?fresh=true&timeout=40");
        Assert.Equal(System.Net.HttpStatusCode.OK, made.Status);
    }
}
