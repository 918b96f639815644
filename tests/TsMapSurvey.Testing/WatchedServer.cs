using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace TsMapSurvey.Testing;

/// <summary>
/// A program that serves for as long as the test process lives: a shell between the two ends it when the test process is gone, however
/// that ended.
/// </summary>
public static class WatchedServer
{
    /// <summary>Comes back when the program has said that it is ready.</summary>
    /// <param name="script">The command of the program, for sh, which prepares and then starts it.</param>
    public static async Task StartAsync(string name, string script, string ready)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"{{ {script}; }} <&- 2>&1 & server=$!; cat; kill -INT $server; wait $server"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException("sh did not start");
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            process.StandardInput.Close();
            process.WaitForExit(TimeSpan.FromSeconds(10));
        };
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var said = new List<string>();
        while (true)
        {
            var line = await process.StandardOutput.ReadLineAsync(limit.Token)
                ?? throw new InvalidOperationException($"{name} ended: {string.Join('\n', said)}");
            said.Add(line);
            if (line.Contains(ready, StringComparison.Ordinal)) break;
        }

        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
    }

    /// <summary>
    /// A port that no system gives to outgoing connections or to who asks for any: nobody takes it until the program does.
    /// </summary>
    public static int FreePort()
    {
        while (true)
        {
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, Random.Shared.Next(12_000, 32_000));
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException bad) when (bad.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
            {
                // Another one.
            }
        }
    }

    /// <summary>A folder that goes with the test process.</summary>
    public static string Folder(string name)
    {
        var folder = Directory.CreateTempSubdirectory($"tsmap-{name}-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    }
}
