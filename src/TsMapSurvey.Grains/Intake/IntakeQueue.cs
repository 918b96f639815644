namespace TsMapSurvey.Grains.Intake;

/// <summary>
/// A queue of the names of observations to process: each name once, first in first out, a bounded number in flight. A name added while it
/// is in flight is queued again when that ends. A failed name waits for its retry delay, or until it is added again.
/// </summary>
internal sealed class IntakeQueue(GrainOptions options, TimeProvider time)
{
    private readonly Queue<string> _ready = new();
    private readonly HashSet<string> _waiting = new(StringComparer.Ordinal);
    private readonly HashSet<string> _busy = new(StringComparer.Ordinal);
    private readonly List<(long Since, TimeSpan Wait, string Name)> _later = [];
    private readonly Dictionary<string, int> _failures = new(StringComparer.Ordinal);

    /// <summary>Number of waiting names, those that wait for a retry included.</summary>
    public int Count => _waiting.Count;

    /// <summary>Number of names that are due.</summary>
    public int InLine => _ready.Count;

    public int InFlight => _busy.Count;

    public void Add(string name)
    {
        var isLate = _later.RemoveAll(item => item.Name == name) > 0;
        if ((_waiting.Add(name) || isLate) && !_busy.Contains(name)) _ready.Enqueue(name);
    }

    /// <summary>Removes the next name, which is in flight from now on; null if none is due or the maximum is in flight.</summary>
    public string? Take()
    {
        foreach (var (_, _, name) in _later.Where(item => time.GetElapsedTime(item.Since) >= item.Wait).ToArray()) Add(name);
        if (_busy.Count >= options.ObservationsInFlight || !_ready.TryDequeue(out var next)) return null;
        _waiting.Remove(next);
        _busy.Add(next);
        return next;
    }

    public void Done(string name)
    {
        _failures.Remove(name);
        End(name);
    }

    /// <summary>Queues a failed name again: after a delay that grows with its failures, or at once if it was added meanwhile.</summary>
    /// <returns>The delay.</returns>
    public TimeSpan Retry(string name)
    {
        var failures = _failures[name] = _failures.GetValueOrDefault(name) + 1;
        var delay = options.DelayAfter(failures);
        if (_waiting.Add(name))
        {
            _busy.Remove(name);
            _later.Add((time.GetTimestamp(), delay, name));
            return delay;
        }

        End(name);
        return TimeSpan.Zero;
    }

    private void End(string name)
    {
        _busy.Remove(name);
        if (_waiting.Contains(name)) _ready.Enqueue(name);
    }
}
