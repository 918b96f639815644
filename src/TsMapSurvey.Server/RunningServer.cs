using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using TsMapSurvey.Server.Cluster;
using TsMapSurvey.Server.Hosting;
using TsMapSurvey.Server.Settings;

namespace TsMapSurvey.Server;

/// <summary>A server that answers. Disposing of it stops it.</summary>
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

    /// <summary>Where it answers, with the ports that were chosen; without the address that is for health alone.</summary>
    public IReadOnlyList<string> Addresses { get; }

    /// <summary>The first of them.</summary>
    public Uri Address =>
        new(Addresses[0].Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal).Replace("[::]", "127.0.0.1", StringComparison.Ordinal));

    /// <summary>Whether changing something takes a key.</summary>
    public bool WritingTakesKey => _app.Services.GetRequiredService<WriteKeys>().AreSet;

    /// <summary>How long a stop may take at most.</summary>
    public static TimeSpan LongestStop => Draining.Whole;

    public IServiceProvider Services => _app.Services;

    /// <summary>
    /// Ends requests, computations and the silo in order, within the token's patience; what was acknowledged is in the store.
    /// </summary>
    public Task StopAsync(CancellationToken cancellationToken) => _stopping ??= _app.StopAsync(cancellationToken);

    /// <summary>Until the token asks for the end, the process is told to end, or the server stops by itself; then it has stopped.</summary>
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
