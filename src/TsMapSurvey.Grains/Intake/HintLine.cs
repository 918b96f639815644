namespace TsMapSurvey.Grains.Intake;

/// <summary>Names to handle, each once until it is handled. Thread-safe; the handler runs on one scheduler, one name at a time.</summary>
/// <param name="follow">Handles a name; null: all names.</param>
/// <param name="delay">Time in which names are collected; null: none, and then no timer is used.</param>
internal sealed class HintLine(
    Func<string?, Task> follow, TimeSpan? delay, TimeProvider time, TaskScheduler scheduler, CancellationToken ending)
{
    /// <summary>Beyond this number, one listing is cheaper.</summary>
    private const int MaxNames = 4096;

    private readonly Lock _lock = new();
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private bool _isAll;
    private bool _isRunning;

    public void Add(string? name)
    {
        lock (_lock)
        {
            if (name is null || _names.Count >= MaxNames) _isAll = true;
            else _names.Add(name);
            if (_isRunning || ending.IsCancellationRequested) return;
            _isRunning = true;
        }

        _ = Task.Factory.StartNew(HandleAsync, CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler);
    }

    private async Task HandleAsync()
    {
        do
        {
            if (delay is { } wait)
                await Task.Delay(wait, time, ending)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            if (ending.IsCancellationRequested) return;
            foreach (var name in Take()) await follow(name);
        }
        while (!TryStop());
    }

    private string?[] Take()
    {
        lock (_lock)
        {
            string?[] names = _isAll ? [null] : [.. _names];
            _isAll = false;
            _names.Clear();
            return names;
        }
    }

    private bool TryStop()
    {
        lock (_lock) return !(_isRunning = _isAll || _names.Count > 0);
    }
}
