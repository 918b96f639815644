using TsMapSurvey.Server.Access;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Server.Settings;

namespace TsMapSurvey.Server.LiveFeed;

/// <summary>
/// Limits the open event streams, in total and per client, since each occupies a connection as long as the client likes.
/// </summary>
internal sealed class StreamRoom(ServerSettings settings)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ClientId, int> _open = [];
    private int _all;

    /// <returns>Must be disposed when the stream ends.</returns>
    /// <exception cref="RequestException">429 at the client's limit, 503 at the server's.</exception>
    public IDisposable Enter(ClientId client)
    {
        lock (_lock)
        {
            var open = _open.GetValueOrDefault(client);
            if (open >= settings.MaxStreamsPerClient) throw RequestErrors.TooManyStreamsOfClient(settings.MaxStreamsPerClient);
            if (_all >= settings.MaxStreams) throw RequestErrors.TooManyStreams(settings.MaxStreams);
            (_open[client], _all) = (open + 1, _all + 1);
        }

        return new Place(this, client);
    }

    private void Leave(ClientId client)
    {
        lock (_lock)
        {
            _all--;
            if (--_open[client] == 0) _open.Remove(client);
        }
    }

    private sealed class Place(StreamRoom room, ClientId client) : IDisposable
    {
        private bool _isLeft;

        public void Dispose()
        {
            if (!Interlocked.Exchange(ref _isLeft, true)) room.Leave(client);
        }
    }
}
