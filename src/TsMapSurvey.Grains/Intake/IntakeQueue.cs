namespace TsMapSurvey.Grains.Intake;

/// <summary>
/// Names of observations that are to be sent on: each once, first come first served, so many at a time. One that comes while it is being
/// worked on waits until that has ended; one that failed waits for its time, or for the next reason to look at it.
/// </summary>
internal sealed class IntakeQueue(GrainOptions options, TimeProvider time)
{
    private readonly Queue<string> _ready = new();
    private readonly HashSet<string> _waiting = new(StringComparer.Ordinal);
    private readonly HashSet<string> _busy = new(StringComparer.Ordinal);
    private readonly List<(long Since, TimeSpan Wait, string Name)> _later = [];
    private readonly Dictionary<string, int> _failures = new(StringComparer.Ordinal);

    /// <summary>Those that wait, for their turn or their time.</summary>
    public int Count => _waiting.Count;

    /// <summary>Those of them that only wait for their turn.</summary>
    public int InLine => _ready.Count;

    /// <summary>Those being worked on.</summary>
    public int InFlight => _busy.Count;

    /// <summary>There is something to do with it: as soon as there is room, and after what is being done with it.</summary>
    public void Add(string name)
    {
        var isLate = _later.RemoveAll(item => item.Name == name) > 0;
        if ((_waiting.Add(name) || isLate) && !_busy.Contains(name)) _ready.Enqueue(name);
    }

    /// <summary>The next in line, which is busy from now on; null when none is due or there is no room.</summary>
    public string? Take()
    {
        foreach (var (_, _, name) in _later.Where(item => time.GetElapsedTime(item.Since) >= item.Wait).ToArray()) Add(name);
        if (_busy.Count >= options.ObservationsInFlight || !_ready.TryDequeue(out var next)) return null;
        _waiting.Remove(next);
        _busy.Add(next);
        return next;
    }

    /// <summary>It ended well.</summary>
    public void Done(string name)
    {
        _failures.Remove(name);
        End(name);
    }

    /// <summary>It is to be tried again: the more often it failed, the later; at once where something came meanwhile.</summary>
    /// <returns>How long it waits.</returns>
    public TimeSpan Again(string name)
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
