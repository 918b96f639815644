using TsMapSurvey.Server.Cluster;

namespace TsMapSurvey.Server.Hosting;

internal static partial class ServerLog
{
    public static void LogStarting(this ILogger logger, ClusterIdentity identity, string store, WriteKeys keys) =>
        logger.LogStarting(
            identity.Cluster, identity.Clustering, store, keys.AreSet ? "a key" : "no key, it is open to whoever reaches this server");

    [LoggerMessage(LogLevel.Information, "Cluster {Cluster} by {Clustering}, store {Store}; writing takes {Key}")]
    private static partial void LogStarting(this ILogger logger, string cluster, string clustering, string store, string key);

    [LoggerMessage(LogLevel.Warning,
        "Writing takes no key, and other machines reach this server: everybody there may change and delete surveys (Keys:OpenWrites)")]
    public static partial void LogOpenWrites(this ILogger logger);

    [LoggerMessage(LogLevel.Warning, "A request that waited too long for the end of this server was broken off: {Path}")]
    public static partial void LogBrokenOff(this ILogger logger, string path);
}
