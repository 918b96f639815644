using TsMapSurvey.Server.Settings;

namespace TsMapSurvey.Server.Cluster;

/// <summary>Which cluster a server belongs to. Two with the same name in two places are two clusters.</summary>
/// <param name="Cluster">Its name.</param>
/// <param name="Clustering">How and where its silos find each other, without secrets.</param>
internal sealed record ClusterIdentity(string Cluster, string Clustering)
{
    /// <summary>Whether it is one server without clustering.</summary>
    public bool IsAlone => Clustering.StartsWith(ServerSettings.Localhost, StringComparison.Ordinal);

    public static ClusterIdentity Of(ServerSettings settings, ClusterLink link) => new(ClusterName.Of(settings), link.Description);
}
