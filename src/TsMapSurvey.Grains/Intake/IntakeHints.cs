namespace TsMapSurvey.Grains.Intake;

/// <summary>
/// Collects the names in a store's change notifications and handles them after a short delay, because writing one file causes several
/// notifications. Thread-safe; the handler runs on one scheduler.
/// </summary>
/// <param name="follow">Handles a name (null: any blob may have changed). Returns false to be called again after the next delay.</param>
/// <param name="scheduler">Where the handler runs; null: the current scheduler of the constructor's caller.</param>
internal sealed class IntakeHints(
    Func<string?, Task<bool>> follow, TimeProvider time, CancellationToken ending, TaskScheduler? scheduler = null) : IDisposable
{
    /// <summary>Longer than the pauses of a program that copies a file.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(100);

    /// <summary>Beyond this number, one listing is cheaper.</summary>
    private const int MaxNames = 4096;

    private readonly Lock _lock = new();
    private readonly TaskScheduler _scheduler = scheduler ?? TaskScheduler.Current;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private bool _isAll;
    private bool _isRunning;

    /// <summary>The store's subscription, disposed with this.</summary>
    public IDisposable? Watch { get; set; }

    public void Add(string? name)
    {
        lock (_lock)
        {
            if (name is null || _names.Count >= MaxNames) _isAll = true;
            else _names.Add(name);
            if (_isRunning || ending.IsCancellationRequested) return;
            _isRunning = true;
        }

        _ = Task.Factory.StartNew(HandleAsync, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _scheduler);
    }

    public void Dispose() => Watch?.Dispose();

    private async Task HandleAsync()
    {
        do
        {
            await Task.Delay(Delay, time, ending)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            if (ending.IsCancellationRequested) return;
            foreach (var name in Take())
                if (!await follow(name)) Add(name);
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
