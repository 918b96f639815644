using System.Net;
using Orleans.Configuration;
using TsMapSurvey.Grains;

namespace TsMapSurvey.Server;

internal static class SiloParts
{
    public static void Add(ISiloBuilder silo, ServerSettings settings)
    {
        // A port that somebody takes between the look and the start makes the start fail; it is a matter of microseconds.
        var (siloPort, gatewayPort) = FreePorts.Of(IPAddress.Loopback, settings.SiloPort, settings.GatewayPort);
        silo.UseLocalhostClustering(siloPort, gatewayPort, primarySiloEndpoint: null, serviceId: settings.ClusterId, clusterId: settings.ClusterId);
        silo.UseInMemoryReminderService();
        silo.AddTsMapSurveyGrains(new GrainOptions { ReconcileEvery = settings.IntakeInterval });
        silo.Configure<SiloOptions>(options => options.SiloName = $"tsmap-{siloPort}");
    }
}
