using System.Net.Sockets;
using Npgsql;
using StackExchange.Redis;
using TsMapSurvey.Server.Settings;

namespace TsMapSurvey.Server.Cluster;

/// <summary>
/// How silos of a cluster find each other, and where their reminders are stored. Opened before the silo is built, so that an unreachable
/// membership store is reported as an error of a setting instead of a silo that retries for minutes.
/// </summary>
internal abstract class ClusterLink : IAsyncDisposable
{
    /// <summary>Longer than a slow answer, but short enough for a user at a terminal.</summary>
    protected static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>Kind and address, without secrets.</summary>
    public abstract string Description { get; }

    /// <exception cref="SettingsException">The membership store cannot be used.</exception>
    public static async Task<ClusterLink> OpenAsync(ServerSettings settings, CancellationToken cancellationToken) =>
        settings.Clustering switch
        {
            ServerSettings.Redis => await RedisLink.OpenAsync(settings, cancellationToken),
            ServerSettings.Postgres => await PostgresLink.OpenAsync(settings, cancellationToken),
            _ => new LocalhostLink(),
        };

    public abstract void AddTo(ISiloBuilder silo, ServerSettings settings);

    public abstract ValueTask DisposeAsync();

    /// <summary>Whether the exception means that the membership store does not answer.</summary>
    public static bool IsUnavailable(Exception exception) =>
        exception is RedisException or NpgsqlException or SocketException or TimeoutException;

    protected static SettingsException Unreachable(string description, Exception exception) =>
        new([$"Clustering:Connection: {description}: {exception.Message.ReplaceLineEndings(" ")}"]);
}
