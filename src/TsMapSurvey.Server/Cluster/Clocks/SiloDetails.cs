using System.Net;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace TsMapSurvey.Server.Cluster.Clocks;

/// <summary>
/// This silo's identity. Of two silos at one address, Orleans takes the one with the later start as alive. The start is therefore measured
/// with the cluster's clock: with the machine's, a silo restarted after the clock was set back would lose against its dead predecessor.
/// </summary>
internal sealed class SiloDetails : ILocalSiloDetails
{
    public SiloDetails(ClusterClock clock, IOptions<SiloOptions> silo, IOptions<ClusterOptions> cluster, IOptions<EndpointOptions> endpoint)
    {
        (Name, ClusterId) = (silo.Value.SiloName, cluster.Value.ClusterId);
        // A generation is a time in seconds.
        var generation = SiloAddress.AllocateNewGeneration() - (int)Math.Round(clock.OwnAhead.TotalSeconds);
        SiloAddress = SiloAddress.New(new IPEndPoint(endpoint.Value.AdvertisedIPAddress, endpoint.Value.SiloPort), generation);
        GatewayAddress = SiloAddress.New(new IPEndPoint(endpoint.Value.AdvertisedIPAddress, endpoint.Value.GatewayPort), 0);
    }

    public string Name { get; }

    public string ClusterId { get; }

    public string DnsHostName { get; } = Dns.GetHostName();

    public SiloAddress SiloAddress { get; }

    public SiloAddress GatewayAddress { get; }
}
