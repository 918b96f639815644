using System.Net;
using System.Net.Sockets;

namespace TsMapSurvey.Server;

internal static class FreePorts
{
    /// <summary>Ports that are free at this moment; those that are given (not 0) are taken as they are.</summary>
    public static (int First, int Second) Of(IPAddress address, int? first, int? second)
    {
        // Both are held until both are known: they differ.
        using var one = Listen(address);
        using var other = Listen(address);
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

    private static TcpListener Listen(IPAddress address, int port = 0)
    {
        var listener = new TcpListener(address, port);
        listener.Start();
        return listener;
    }

    private static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;
}
