using System.Globalization;

namespace TsMapSurvey.Testing;

/// <summary>
/// A PostgreSQL of the test process's own, with a new folder, on a free port. It refuses to be run by root, who lends it the package's
/// user.
/// </summary>
public sealed class PostgresServer
{
    private static readonly Lazy<Task<PostgresServer>> Running = new(StartAsync);
    private static int _databases;
    private readonly int _port;

    private PostgresServer(int port) => _port = port;

    /// <summary>The running server; skips (in CI: fails) the running test where it is not installed.</summary>
    public static Task<PostgresServer> NeedAsync()
    {
        Tools.Need(Program("postgres") ?? "postgres", "apt-get install postgresql");
        return Running.Value;
    }

    /// <summary>The connection string of a database that nobody else has.</summary>
    public string NewDatabase()
    {
        var name = $"test{Interlocked.Increment(ref _databases)}";
        var made =
            Tools.Run(Program("createdb")!, ["-h", "127.0.0.1", "-p", _port.ToString(CultureInfo.InvariantCulture), "-U", "tester", name]);
        Xunit.Assert.True(made.ExitCode == 0, made.Error);
        return $"Host=127.0.0.1;Port={_port};Database={name};Username=tester";
    }

    private static async Task<PostgresServer> StartAsync()
    {
        var (port, folder) = (WatchedServer.FreePort(), WatchedServer.Folder("postgres"));
        var (prepare, user) = Environment.IsPrivilegedProcess
            ? ($"chown postgres '{folder}' && ", "setpriv --reuid postgres --regid postgres --clear-groups ") : ("", "");
        await WatchedServer.StartAsync("postgres",
            $"{prepare}{user}'{Program("initdb")}' -D '{folder}/data' -A trust -U tester -E UTF8 --locale C.UTF-8 --no-sync && exec "
                + $"{user}'{Program("postgres")}' -D '{folder}/data' -p {port} "
            + $"-c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c full_page_writes=off",
            "ready to accept connections");
        return new PostgresServer(port);
    }

    /// <summary>Debian keeps the programs of each version in a folder that is not on PATH.</summary>
    private static string? Program(string name) => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(
            folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version) ? version : 0)
            .Select(folder => Path.Combine(folder, "bin", name)).FirstOrDefault(File.Exists)
        : Tools.Find(name);
}
