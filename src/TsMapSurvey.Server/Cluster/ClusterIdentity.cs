using TsMapSurvey.Server.Settings;

namespace TsMapSurvey.Server.Cluster;

/// <summary>Identifies a server's cluster. Clusters with the same name but different clustering are different clusters.</summary>
/// <param name="Cluster">The cluster's name.</param>
/// <param name="Clustering">How and where its silos find each other, without secrets.</param>
internal sealed record ClusterIdentity(string Cluster, string Clustering)
{
    public bool IsAlone => Clustering.StartsWith(ServerSettings.Localhost, StringComparison.Ordinal);

    public static ClusterIdentity Of(ServerSettings settings, ClusterLink link) => new(ClusterName.Of(settings), link.Description);
}
