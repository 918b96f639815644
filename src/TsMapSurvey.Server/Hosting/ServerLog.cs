using TsMapSurvey.Server.Access;
using TsMapSurvey.Server.Cluster;

namespace TsMapSurvey.Server.Hosting;

internal static partial class ServerLog
{
    public static void LogStarting(this ILogger logger, ClusterIdentity identity, string store, AccessKeys keys) =>
        logger.LogStarting(
            identity.Cluster, identity.Clustering, store,
            keys.WritesAreClosed ? "a key" : "no key and is open to everyone who can reach this server");

    [LoggerMessage(LogLevel.Information, "Cluster {Cluster} ({Clustering}), store {Store}; writing requires {Key}")]
    private static partial void LogStarting(this ILogger logger, string cluster, string clustering, string store, string key);

    [LoggerMessage(LogLevel.Warning,
        "Writing requires no key, and other machines can reach this server: everyone there can change and delete surveys "
        + "(Keys:OpenWrites)")]
    public static partial void LogOpenWrites(this ILogger logger);

    [LoggerMessage(LogLevel.Warning, "Request aborted because it did not finish in time during shutdown: {Path}")]
    public static partial void LogBrokenOff(this ILogger logger, string path);
}
