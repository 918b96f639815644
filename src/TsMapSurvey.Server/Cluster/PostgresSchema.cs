using System.Security.Cryptography;
using Npgsql;

namespace TsMapSurvey.Server.Cluster;

/// <summary>
/// The tables and queries that Orleans' relational providers require: they read each of their queries by its key from the table
/// OrleansQuery, with named parameters. The PostgreSQL script is a resource of this assembly.
/// </summary>
internal static class PostgresSchema
{
    /// <summary>The tables' schema, unless the connection string has another (Search Path).</summary>
    public const string Name = "tsmap";

    private const string Installed = "SELECT obj_description(to_regclass('OrleansQuery'), 'pg_class')";

    /// <summary>How long a server waits while another creates the tables.</summary>
    private const int LockSeconds = 20;

    /// <summary>
    /// Creates the tables if they are missing or of another version. Otherwise only reads, so that a role with read and write access to
    /// the tables is sufficient.
    /// </summary>
    /// <exception cref="NpgsqlException">The database cannot be reached or denies access.</exception>
    public static async Task PrepareAsync(NpgsqlConnectionStringBuilder connection, CancellationToken cancellationToken)
    {
        var (script, version) = await ReadAsync(cancellationToken);
        await using var source = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(connection.ConnectionString) { Pooling = false, CommandTimeout = LockSeconds + 10 });
        await using var opened = await source.OpenConnectionAsync(cancellationToken);
        if (await InstalledAsync(opened, cancellationToken) == version) return;
        await using var transaction = await opened.BeginTransactionAsync(cancellationToken);
        // One server at a time. The lock ends with the transaction, also if the server crashes.
        await ExecuteAsync(opened, $"SET LOCAL lock_timeout = '{LockSeconds}s'; SELECT pg_advisory_xact_lock(hashtext('{Name} schema'))",
            cancellationToken);
        if (await InstalledAsync(opened, cancellationToken) != version)
        {
            if (connection.SearchPath == Name) await ExecuteAsync(opened, $"CREATE SCHEMA IF NOT EXISTS {Name}", cancellationToken);
            await ExecuteAsync(opened, $"{script}\nCOMMENT ON TABLE OrleansQuery IS '{version}'", cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task<string?> InstalledAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Installed, connection);
        return await command.ExecuteScalarAsync(cancellationToken) as string;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string text, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(text, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<(string Script, string Version)> ReadAsync(CancellationToken cancellationToken)
    {
        await using var resource = typeof(PostgresSchema).Assembly.GetManifestResourceStream("Cluster/postgres.sql")!;
        using var reader = new StreamReader(resource);
        var script = await reader.ReadToEndAsync(cancellationToken);
        return (script, $"tsmap {Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(script)))[..16]}");
    }
}
