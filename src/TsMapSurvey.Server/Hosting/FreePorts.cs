using System.Net;
using System.Net.Sockets;

namespace TsMapSurvey.Server.Hosting;

internal static class FreePorts
{
    // No operating system assigns these ports to outgoing connections or to port 0, so a port found free stays free until it is used,
    // unless another program also chooses its own. Random choice makes such a conflict unlikely.
    private const int First = 12_000, Last = 32_000, Tries = 1000;

    /// <summary>Two different free ports; a given port (not 0) is used as it is.</summary>
    public static (int First, int Second) Of(IPAddress address, int? first, int? second)
    {
        // Both listeners stay open until both ports are known, so that they differ.
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
        catch (SocketException exception)
        {
            return exception.SocketErrorCode != SocketError.AddressAlreadyInUse;
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
            catch (SocketException exception)
                when (exception.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
            {
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
