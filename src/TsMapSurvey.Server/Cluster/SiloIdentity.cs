using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Orleans.Configuration;
using TsMapSurvey.Server.Hosting;
using TsMapSurvey.Server.Settings;

namespace TsMapSurvey.Server.Cluster;

/// <summary>A clustered silo's id, address and failure detection.</summary>
internal static class SiloIdentity
{
    private const int MissedSignsOfLife = 3;

    /// <summary>After all silos were killed, a new one waits until their last signs of life are this old: 30 s by default.</summary>
    public static TimeSpan MaxSilence(ServerSettings settings) => 6 * settings.ProbeTimeout;

    public static void AddTo(ISiloBuilder silo, ServerSettings settings)
    {
        var address = settings.SiloAddress is { } given ? IPAddress.Parse(given) : OwnAddress();
        var (siloPort, gatewayPort) = FreePorts.Of(address, settings.SiloPort, settings.GatewayPort);
        var name = ClusterName.Of(settings);
        silo.Configure<ClusterOptions>(cluster => (cluster.ServiceId, cluster.ClusterId) = (name, name));
        silo.ConfigureEndpoints(address, siloPort, gatewayPort);
        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            // By default three probes of 5 s: a killed silo is declared dead after about 15 s. A shorter time would declare busy silos
            // dead, and a silo that is declared dead terminates itself.
            (membership.ProbeTimeout, membership.NumMissedProbesLimit) = (settings.ProbeTimeout, 3);
            (membership.IAmAliveTablePublishTimeout, membership.NumMissedTableIAmAliveLimit) =
                (MaxSilence(settings) / MissedSignsOfLife, MissedSignsOfLife);
            membership.TableRefreshTimeout = 4 * settings.ProbeTimeout;
            membership.MaxJoinAttemptTime = TimeSpan.FromMinutes(2);
        });
    }

    /// <summary>The first IPv4 address of a network that is up, otherwise the loopback address.</summary>
    private static IPAddress OwnAddress() =>
        NetworkInterface.GetAllNetworkInterfaces()
            .Where(network =>
                network.OperationalStatus == OperationalStatus.Up && network.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .SelectMany(network => network.GetIPProperties().UnicastAddresses.Select(unicast => unicast.Address))
            .FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address))
        ?? IPAddress.Loopback;
}
