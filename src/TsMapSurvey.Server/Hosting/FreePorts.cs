using System.Net;
using System.Net.Sockets;

namespace TsMapSurvey.Server.Hosting;

internal static class FreePorts
{
    // No system gives these to outgoing connections or to who asks for any port, so a port stays free between this look and its use, but
    // for programs that choose like this one: hence at random.
    private const int First = 12_000, Last = 32_000, Tries = 1000;

    /// <summary>Ports that are free at this moment; those that are given (not 0) are taken as they are.</summary>
    public static (int First, int Second) Of(IPAddress address, int? first, int? second)
    {
        // Both are held until both are known: they differ.
        using var one = ListenAnywhere(address);
        using var other = ListenAnywhere(address);
        return (first is > 0 ? first.Value : PortOf(one), second is > 0 ? second.Value : PortOf(other));
    }

    public static bool IsFree(IPAddress address, int port)
    {
        try
        {
            using var listener = Listen(address, port);
            return true;
        }
        catch (SocketException bad)
        {
            return bad.SocketErrorCode != SocketError.AddressAlreadyInUse;
        }
    }

    private static TcpListener ListenAnywhere(IPAddress address)
    {
        for (var left = Tries; left > 0; left--)
        {
            try
            {
                return Listen(address, Random.Shared.Next(First, Last));
            }
            catch (SocketException bad) when (bad.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
            {
                // Another one.
            }
        }

        return Listen(address, 0);
    }

    private static TcpListener Listen(IPAddress address, int port)
    {
        var listener = new TcpListener(address, port);
        listener.Start();
        return listener;
    }

    private static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;
}
