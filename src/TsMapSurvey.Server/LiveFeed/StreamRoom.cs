using System.Net;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Server.Settings;

namespace TsMapSurvey.Server.LiveFeed;

/// <summary>
/// How many streams of events are open, in all and of each client: each holds a connection for as long as its client likes.
/// </summary>
internal sealed class StreamRoom(ServerSettings settings)
{
    private const int NetworkBytes = 8;
    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, int> _open = [];
    private int _all;

    /// <returns>To be disposed of when the stream ends.</returns>
    /// <exception cref="RequestException">429 when the client has as many as it may, 503 when all together have.</exception>
    public IDisposable Enter(IPAddress? client)
    {
        var key = Client(client);
        lock (_lock)
        {
            var open = _open.GetValueOrDefault(key);
            if (open >= settings.MostStreamsPerClient) throw RequestErrors.TooManyStreamsOfClient(settings.MostStreamsPerClient);
            if (_all >= settings.MostStreams) throw RequestErrors.TooManyStreams(settings.MostStreams);
            (_open[key], _all) = (open + 1, _all + 1);
        }

        return new Place(this, key);
    }

    /// <summary>A client of IPv6 has a whole network of addresses, of which it may use another each time.</summary>
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
