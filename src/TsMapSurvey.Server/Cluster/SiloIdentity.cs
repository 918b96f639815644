using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Orleans.Configuration;
using TsMapSurvey.Server.Hosting;
using TsMapSurvey.Server.Settings;

namespace TsMapSurvey.Server.Cluster;

/// <summary>Who a silo of several is, where the others reach it, and how they notice that it is gone.</summary>
internal static class SiloIdentity
{
    private const int SignsOfLife = 3;

    /// <summary>
    /// Who starts after all silos were killed waits until their last signs of life are this old: half a minute, unless it is set.
    /// </summary>
    public static TimeSpan LongestSilence(ServerSettings settings) => 6 * settings.ProbeTimeout;

    public static void AddTo(ISiloBuilder silo, ServerSettings settings)
    {
        var address = settings.SiloAddress is { } given ? IPAddress.Parse(given) : OwnAddress();
        var (siloPort, gatewayPort) = FreePorts.Of(address, settings.SiloPort, settings.GatewayPort);
        var name = ClusterName.Of(settings);
        silo.Configure<ClusterOptions>(cluster => (cluster.ServiceId, cluster.ClusterId) = (name, name));
        silo.ConfigureEndpoints(address, siloPort, gatewayPort);
        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            // Three probes of five seconds, unless it is set: a silo that was killed is given up after some 15 s. Shorter would give up
            // silos that are only busy, and a silo that was given up ends itself.
            (membership.ProbeTimeout, membership.NumMissedProbesLimit) = (settings.ProbeTimeout, 3);
            (membership.IAmAliveTablePublishTimeout, membership.NumMissedTableIAmAliveLimit) =
                (LongestSilence(settings) / SignsOfLife, SignsOfLife);
            membership.TableRefreshTimeout = 4 * settings.ProbeTimeout;
            membership.MaxJoinAttemptTime = TimeSpan.FromMinutes(2);
        });
    }

    /// <summary>The first IPv4 address of a network that is up; that of the machine itself where there is none.</summary>
    private static IPAddress OwnAddress() =>
        NetworkInterface.GetAllNetworkInterfaces()
            .Where(network =>
                network.OperationalStatus == OperationalStatus.Up && network.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .SelectMany(network => network.GetIPProperties().UnicastAddresses.Select(unicast => unicast.Address))
            .FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address))
        ?? IPAddress.Loopback;
}
