using Npgsql;
using Orleans.Configuration;

namespace TsMapSurvey.Server;

/// <summary>Membership and reminders in a PostgreSQL database, in tables that are made where they are missing.</summary>
internal sealed class PostgresLink : ClusterLink
{
    private const string Provider = "Npgsql";

    private readonly NpgsqlConnectionStringBuilder _connection;

    private PostgresLink(NpgsqlConnectionStringBuilder connection) => _connection = connection;

    public override string Description => Describe(_connection);

    public static new async Task<PostgresLink> OpenAsync(ServerSettings settings, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnectionStringBuilder(settings.ClusterConnection) { ApplicationName = "tsmap", Timeout = (int)Patience.TotalSeconds };
        // Apart from another Orleans application's tables of the same names.
        if (string.IsNullOrEmpty(connection.SearchPath)) connection.SearchPath = PostgresSchema.Name;
        try
        {
            await PostgresSchema.PrepareAsync(connection, cancellationToken);
            return new PostgresLink(connection);
        }
        catch (Exception bad) when (bad is NpgsqlException or TimeoutException or System.Net.Sockets.SocketException)
        {
            throw Unreachable(Describe(connection), bad);
        }
    }

    public override void AddTo(ISiloBuilder silo, ServerSettings settings)
    {
        SiloIdentity.AddTo(silo, settings);
        silo.UseAdoNetClustering((AdoNetClusteringSiloOptions options) => (options.Invariant, options.ConnectionString) = (Provider, _connection.ConnectionString));
        SteadyMembership.AddTo(silo.Services, settings);
        silo.UseAdoNetReminderService((AdoNetReminderTableOptions options) => (options.Invariant, options.ConnectionString) = (Provider, _connection.ConnectionString));
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string Describe(NpgsqlConnectionStringBuilder connection) => $"postgres at {connection.Host}:{connection.Port}, database {connection.Database ?? connection.Username}";
}
