using Npgsql;
using Orleans.Configuration;
using TsMapSurvey.Server.Cluster.Clocks;
using TsMapSurvey.Server.Settings;

namespace TsMapSurvey.Server.Cluster;

/// <summary>Membership and reminders in a PostgreSQL database, in tables that are created when missing.</summary>
internal sealed class PostgresLink : ClusterLink
{
    private const string Provider = "Npgsql";

    private readonly NpgsqlConnectionStringBuilder _connection;
    private readonly ClusterClock? _clock;

    private PostgresLink(NpgsqlConnectionStringBuilder connection, ClusterClock? clock) => (_connection, _clock) = (connection, clock);

    public override string Description => Describe(_connection);

    public static new async Task<PostgresLink> OpenAsync(ServerSettings settings, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnectionStringBuilder(settings.ClusterConnection)
        { ApplicationName = "tsmap", Timeout = (int)Timeout.TotalSeconds };
        // A separate schema, since other Orleans applications have tables of the same names.
        if (string.IsNullOrEmpty(connection.SearchPath)) connection.SearchPath = PostgresSchema.Name;
        try
        {
            await PostgresSchema.PrepareAsync(connection, cancellationToken);
            return new PostgresLink(connection,
                await ClusterClock.OpenAsync(settings, token => TimeAsync(connection.ConnectionString, token), cancellationToken));
        }
        catch (Exception exception) when (IsUnavailable(exception))
        {
            throw Unreachable(Describe(connection), exception);
        }
    }

    public override void AddTo(ISiloBuilder silo, ServerSettings settings)
    {
        SiloIdentity.AddTo(silo, settings);
        _clock?.AddTo(silo);
        silo.UseAdoNetClustering((AdoNetClusteringSiloOptions options) =>
            (options.Invariant, options.ConnectionString) = (Provider, _connection.ConnectionString));
        silo.UseAdoNetReminderService((AdoNetReminderTableOptions options) =>
            (options.Invariant, options.ConnectionString) = (Provider, _connection.ConnectionString));
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task<DateTimeOffset> TimeAsync(string connection, CancellationToken cancellationToken)
    {
        await using var opened = new NpgsqlConnection(connection);
        await opened.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand("select clock_timestamp()", opened) { CommandTimeout = (int)Timeout.TotalSeconds };
        return new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync(cancellationToken))!);
    }

    private static string Describe(NpgsqlConnectionStringBuilder connection) =>
        $"postgres at {connection.Host}:{connection.Port}, database {connection.Database ?? connection.Username}";
}
