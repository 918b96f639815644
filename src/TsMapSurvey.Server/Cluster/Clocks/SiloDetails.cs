using System.Net;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace TsMapSurvey.Server.Cluster.Clocks;

/// <summary>
/// Who this silo is. Of two at one address that which began later is the living one, so that the beginning goes by the cluster's clock: by
/// the machine's, a silo that starts again after the clock was set back would give way to its dead self.
/// </summary>
internal sealed class SiloDetails : ILocalSiloDetails
{
    public SiloDetails(ClusterClock clock, IOptions<SiloOptions> silo, IOptions<ClusterOptions> cluster, IOptions<EndpointOptions> endpoint)
    {
        (Name, ClusterId) = (silo.Value.SiloName, cluster.Value.ClusterId);
        // Generations are seconds.
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
