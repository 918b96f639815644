using System.Net.Sockets;
using Npgsql;
using StackExchange.Redis;
using TsMapSurvey.Server.Settings;

namespace TsMapSurvey.Server.Cluster;

/// <summary>
/// How the silos of a cluster find each other and where their reminders are kept. It is opened before the silo is built, so that a store
/// of the cluster that cannot be reached is a line about a setting and not a silo that tries for minutes.
/// </summary>
internal abstract class ClusterLink : IAsyncDisposable
{
    /// <summary>Longer than a slow answer, short enough for somebody who waits at a terminal.</summary>
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Kind and place, without secrets.</summary>
    public abstract string Description { get; }

    /// <exception cref="SettingsException">The store of the cluster cannot be used.</exception>
    public static async Task<ClusterLink> OpenAsync(ServerSettings settings, CancellationToken cancellationToken) =>
        settings.Clustering switch
        {
            ServerSettings.Redis => await RedisLink.OpenAsync(settings, cancellationToken),
            ServerSettings.Postgres => await PostgresLink.OpenAsync(settings, cancellationToken),
            _ => new LocalhostLink(),
        };

    public abstract void AddTo(ISiloBuilder silo, ServerSettings settings);

    public abstract ValueTask DisposeAsync();

    /// <summary>Whether it is the store of the cluster that does not answer.</summary>
    public static bool IsTrouble(Exception bad) => bad is RedisException or NpgsqlException or SocketException or TimeoutException;

    protected static SettingsException Unreachable(string description, Exception bad) =>
        new([$"Clustering:Connection: {description}: {bad.Message.ReplaceLineEndings(" ")}"]);
}
