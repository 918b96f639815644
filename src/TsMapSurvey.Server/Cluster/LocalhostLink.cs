using System.Net;
using TsMapSurvey.Server.Hosting;
using TsMapSurvey.Server.Settings;

namespace TsMapSurvey.Server.Cluster;

/// <summary>A single silo. Its reminders are in memory and end with it.</summary>
internal sealed class LocalhostLink : ClusterLink
{
    /// <summary>Each process is a separate cluster.</summary>
    public override string Description { get; } =
        $"{ServerSettings.Localhost}, process {Environment.ProcessId} on {Environment.MachineName}";

    public override void AddTo(ISiloBuilder silo, ServerSettings settings)
    {
        var (siloPort, gatewayPort) = FreePorts.Of(IPAddress.Loopback, settings.SiloPort, settings.GatewayPort);
        var name = ClusterName.Of(settings);
        silo.UseLocalhostClustering(siloPort, gatewayPort, primarySiloEndpoint: null, serviceId: name, clusterId: name);
        silo.UseInMemoryReminderService();
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
