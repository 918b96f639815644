using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace TsMapSurvey.Server.LiveFeed;

/// <summary>Sends a survey's events to this server's listeners. The last 1000 are kept for listeners that reconnect.</summary>
internal sealed class SurveyFeed(string runId)
{
    private const int Kept = 1000;
    private const int MaxQueued = 2000;
    private readonly Lock _lock = new();
    private readonly Queue<FeedEntry> _recent = new();
    private readonly List<Channel<FeedEntry>> _listeners = [];
    private long _number;

    public bool HasListeners
    {
        get
        {
            lock (_lock) return _listeners.Count > 0;
        }
    }

    public void Publish(string type, object? body)
    {
        lock (_lock)
        {
            var entry = Next(++_number, type, body);
            _recent.Enqueue(entry);
            if (_recent.Count > Kept) _recent.Dequeue();
            // A listener that cannot keep up is disconnected. It reconnects with the id of the last event it received.
            foreach (var listener in _listeners)
                if (!listener.Writer.TryWrite(entry)) listener.Writer.TryComplete();
        }
    }

    /// <summary>Ends all streams after the survey was deleted.</summary>
    public void End()
    {
        lock (_lock)
            foreach (var listener in _listeners) listener.Writer.TryComplete();
    }

    /// <summary>
    /// Events after the last one that the client received. If that is unknown, the first event is a reset. Before the survey's first check
    /// there is no state to compare with; that check publishes a reset to all listeners.
    /// </summary>
    public async IAsyncEnumerable<FeedEntry> ListenAsync(string? lastSeen, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<FeedEntry>(MaxQueued);
        lock (_lock)
        {
            if (Missed(lastSeen) is { } missed)
                foreach (var entry in missed) channel.Writer.TryWrite(entry);
            else if (_number > 0) channel.Writer.TryWrite(Next(_number, "reset", null));
            _listeners.Add(channel);
        }

        try
        {
            await foreach (var entry in channel.Reader.ReadAllAsync(cancellationToken)) yield return entry;
        }
        finally
        {
            lock (_lock) _listeners.Remove(channel);
        }
    }

    private FeedEntry Next(long number, string type, object? body) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{runId}-{number}"), number, type, body);

    /// <summary>Null if the missed events are not known any more.</summary>
    private FeedEntry[]? Missed(string? lastSeen)
    {
        if (lastSeen?.StartsWith($"{runId}-", StringComparison.Ordinal) != true || !long.TryParse(
            lastSeen.AsSpan(runId.Length + 1), CultureInfo.InvariantCulture, out var number) || number > _number) return null;
        var missed = _recent.Where(entry => entry.Number > number).ToArray();
        return missed.Length == _number - number ? missed : null;
    }
}
