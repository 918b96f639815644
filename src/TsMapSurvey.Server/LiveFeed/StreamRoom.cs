using System.Net;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Server.Settings;

namespace TsMapSurvey.Server.LiveFeed;

/// <summary>
/// Limits the open event streams, in total and per client, since each occupies a connection as long as the client likes.
/// </summary>
internal sealed class StreamRoom(ServerSettings settings)
{
    private const int NetworkBytes = 8;
    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, int> _open = [];
    private int _all;

    /// <returns>Must be disposed when the stream ends.</returns>
    /// <exception cref="RequestException">429 at the client's limit, 503 at the server's.</exception>
    public IDisposable Enter(IPAddress? client)
    {
        var key = Client(client);
        lock (_lock)
        {
            var open = _open.GetValueOrDefault(key);
            if (open >= settings.MaxStreamsPerClient) throw RequestErrors.TooManyStreamsOfClient(settings.MaxStreamsPerClient);
            if (_all >= settings.MaxStreams) throw RequestErrors.TooManyStreams(settings.MaxStreams);
            (_open[key], _all) = (open + 1, _all + 1);
        }

        return new Place(this, key);
    }

    /// <summary>IPv6 clients are counted by their /64 network, in which they can choose any address.</summary>
    private static IPAddress Client(IPAddress? address)
    {
        if (address is null) return IPAddress.None;
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        if (bytes.Length <= NetworkBytes || IPAddress.IsLoopback(address)) return address;
        bytes.AsSpan(NetworkBytes).Clear();
        return new IPAddress(bytes);
    }

    private void Leave(IPAddress key)
    {
        lock (_lock)
        {
            _all--;
            if (--_open[key] == 0) _open.Remove(key);
        }
    }

    private sealed class Place(StreamRoom room, IPAddress key) : IDisposable
    {
        private bool _isLeft;

        public void Dispose()
        {
            if (!Interlocked.Exchange(ref _isLeft, true)) room.Leave(key);
        }
    }
}
