using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using TsMapSurvey.Server.Access;
using TsMapSurvey.Server.Cluster;
using TsMapSurvey.Server.Hosting;
using TsMapSurvey.Server.Settings;

namespace TsMapSurvey.Server;

/// <summary>A running server. Disposing it stops it.</summary>
public sealed class RunningServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ClusterLink _link;
    private Task? _stopping;

    internal RunningServer(WebApplication app, ClusterLink link)
    {
        (_app, _link) = (app, link);
        var health = app.Services.GetRequiredService<ServerSettings>().HealthUrl is { } url ? new Uri(url).Port : default(int?);
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        Addresses = [.. addresses.Where(address => BindingAddress.Parse(address).Port != health)];
    }

    /// <summary>The addresses with their actual ports, without the address that serves only /health.</summary>
    public IReadOnlyList<string> Addresses { get; }

    /// <summary>The first address.</summary>
    public Uri Address =>
        new(Addresses[0].Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal).Replace("[::]", "127.0.0.1", StringComparison.Ordinal));

    public bool WritesRequireKey => _app.Services.GetRequiredService<AccessKeys>().WritesAreClosed;

    public bool ReadsRequireKey => _app.Services.GetRequiredService<AccessKeys>().ReadsAreClosed;

    public static TimeSpan MaxShutdownTime => Draining.ShutdownTimeout;

    public IServiceProvider Services => _app.Services;

    /// <summary>
    /// Ends requests, computations and the silo, in this order, until the token is cancelled. Acknowledged changes are already stored.
    /// </summary>
    public Task StopAsync(CancellationToken cancellationToken) => _stopping ??= _app.StopAsync(cancellationToken);

    /// <summary>Completes after the server has stopped: because of the token, a signal to the process, or by itself.</summary>
    public async Task WaitForShutdownAsync(CancellationToken cancellationToken)
    {
        await _app.WaitForShutdownAsync(cancellationToken);
        _stopping ??= Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopAsync(CancellationToken.None);
        }
        finally
        {
            await _app.DisposeAsync();
            await _link.DisposeAsync();
        }
    }
}
