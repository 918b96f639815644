using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace TsMapSurvey.Server.LiveFeed;

/// <summary>A survey's events to those who listen here. The last ones are kept for listeners that come back.</summary>
internal sealed class SurveyFeed(string life)
{
    private const int Kept = 1000;
    private const int Behind = 2000;
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
            var happened = Next(++_number, type, body);
            _recent.Enqueue(happened);
            if (_recent.Count > Kept) _recent.Dequeue();
            // A listener that cannot keep up is sent away; it comes back with the last id that it saw.
            foreach (var listener in _listeners)
                if (!listener.Writer.TryWrite(happened)) listener.Writer.TryComplete();
        }
    }

    /// <summary>There is nothing to listen to any more.</summary>
    public void End()
    {
        lock (_lock)
            foreach (var listener in _listeners) listener.Writer.TryComplete();
    }

    /// <summary>
    /// From after the last event seen on; where that is none, or not known here any more, one reset first. Until the survey was looked at
    /// once there is nothing that changes could be told from: the first look publishes a reset to everybody who listens by then.
    /// </summary>
    public async IAsyncEnumerable<FeedEntry> ListenAsync(string? lastSeen, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<FeedEntry>(Behind);
        lock (_lock)
        {
            if (Missed(lastSeen) is { } missed)
                foreach (var happened in missed) channel.Writer.TryWrite(happened);
            else if (_number > 0) channel.Writer.TryWrite(Next(_number, "reset", null));
            _listeners.Add(channel);
        }

        try
        {
            await foreach (var happened in channel.Reader.ReadAllAsync(cancellationToken)) yield return happened;
        }
        finally
        {
            lock (_lock) _listeners.Remove(channel);
        }
    }

    private FeedEntry Next(long number, string type, object? body) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{life}-{number}"), number, type, body);

    /// <summary>Null when that cannot be told.</summary>
    private FeedEntry[]? Missed(string? lastSeen)
    {
        if (lastSeen?.StartsWith($"{life}-", StringComparison.Ordinal) != true || !long.TryParse(
            lastSeen.AsSpan(life.Length + 1), CultureInfo.InvariantCulture, out var number) || number > _number) return null;
        var missed = _recent.Where(happened => happened.Number > number).ToArray();
        return missed.Length == _number - number ? missed : null;
    }
}
