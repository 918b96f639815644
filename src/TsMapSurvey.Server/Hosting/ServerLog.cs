namespace TsMapSurvey.Server;

internal static partial class ServerLog
{
    public static void LogStarting(this ILogger logger, ClusterIdentity identity, string store) => logger.LogStarting(identity.Cluster, identity.Clustering, store);

    [LoggerMessage(LogLevel.Information, "Cluster {Cluster} by {Clustering}, store {Store}")]
    private static partial void LogStarting(this ILogger logger, string cluster, string clustering, string store);

    [LoggerMessage(LogLevel.Warning, "A request that waited too long for the end of this server was broken off: {Path}")]
    public static partial void LogBrokenOff(this ILogger logger, string path);
}
