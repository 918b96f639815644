using TsMapSurvey.Contracts;

namespace TsMapSurvey.Grains;

/// <summary>Observations that wait to be sent on, each once, first come first served; those that failed wait for their time.</summary>
internal sealed class IntakeQueue(GrainOptions options, TimeProvider time)
{
    private readonly Queue<ObservationRef> _ready = new();
    private readonly Dictionary<string, ObservationRef> _waiting = new(StringComparer.Ordinal);
    private readonly List<(DateTimeOffset Due, ObservationRef Observation)> _later = [];
    private readonly Dictionary<string, int> _failures = new(StringComparer.Ordinal);

    public int Count => _waiting.Count;

    /// <summary>Puts a version in line; a newer one of the same name takes its place.</summary>
    public void Add(ObservationRef observation)
    {
        var isNew = !_waiting.ContainsKey(observation.Name);
        _waiting[observation.Name] = observation;
        if (isNew) _ready.Enqueue(observation);
    }

    /// <summary>Puts it in line for later: the more often it failed, the later.</summary>
    public TimeSpan AddAgain(ObservationRef observation)
    {
        var failures = _failures[observation.Name] = _failures.GetValueOrDefault(observation.Name) + 1;
        var delay = options.RetryDelay;
        for (var i = 1; i < failures && delay < options.MaxRetryDelay; i++) delay *= 2;
        if (delay > options.MaxRetryDelay) delay = options.MaxRetryDelay;
        if (_waiting.TryAdd(observation.Name, observation)) _later.Add((time.GetUtcNow() + delay, observation));
        return delay;
    }

    /// <summary>Forgets how often it failed.</summary>
    public void Done(string name) => _failures.Remove(name);

    /// <summary>The next in line; null when none is due.</summary>
    public ObservationRef? Take()
    {
        var now = time.GetUtcNow();
        foreach (var (_, observation) in _later.Where(item => item.Due <= now).ToArray()) _ready.Enqueue(observation);
        _later.RemoveAll(item => item.Due <= now);
        while (_ready.TryDequeue(out var next))
            if (_waiting.Remove(next.Name, out var newest)) return newest;
        return null;
    }
}
