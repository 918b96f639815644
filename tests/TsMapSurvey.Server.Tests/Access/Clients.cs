using System.Net;
using System.Net.Sockets;

namespace TsMapSurvey.Server.Tests.Access;

/// <summary>Clients at other loopback addresses.</summary>
internal static class Clients
{
    public static SocketsHttpHandler From(string address) => new()
    {
        ConnectCallback = async (context, token) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
            await socket.ConnectAsync(context.DnsEndPoint, token);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };
}
