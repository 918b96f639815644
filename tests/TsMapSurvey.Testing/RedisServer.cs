namespace TsMapSurvey.Testing;

/// <summary>A Redis of the test process's own, in memory, on a free port.</summary>
public sealed class RedisServer
{
    private static readonly Lazy<Task<RedisServer>> Running = new(StartAsync);

    private RedisServer(int port) => Connection = $"127.0.0.1:{port}";

    /// <summary>HOST:PORT.</summary>
    public string Connection { get; }

    /// <summary>The running server; skips (in CI: fails) the running test where it is not installed.</summary>
    public static Task<RedisServer> NeedAsync()
    {
        Tools.Need("redis-server", "apt-get install redis-server");
        return Running.Value;
    }

    private static async Task<RedisServer> StartAsync()
    {
        var (port, folder) = (WatchedServer.FreePort(), WatchedServer.Folder("redis"));
        await WatchedServer.StartAsync("redis-server",
            $"exec redis-server --port {port} --bind 127.0.0.1 --dir '{folder}' --save '' --appendonly no --daemonize no",
            "Ready to accept connections");
        return new RedisServer(port);
    }
}
