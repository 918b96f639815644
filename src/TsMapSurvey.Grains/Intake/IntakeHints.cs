namespace TsMapSurvey.Grains.Intake;

/// <summary>
/// Names that a store tells of by itself, passed on a moment later: who writes a file tells of each part of it. Told on any thread,
/// followed on one scheduler.
/// </summary>
/// <param name="follow">Looks at a name (null: at all); says whether that is done, else it is asked again after the next moment.</param>
/// <param name="scheduler">Where it does; null: the scheduler that this is made on.</param>
internal sealed class IntakeHints(
    Func<string?, Task<bool>> follow, TimeProvider time, CancellationToken ending, TaskScheduler? scheduler = null) : IDisposable
{
    /// <summary>Shorter than anybody notices, and longer than the pauses of a program that copies a file.</summary>
    public static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    /// <summary>Where more are told than this, looking at all is cheaper.</summary>
    private const int MostNames = 4096;

    private readonly Lock _lock = new();
    private readonly TaskScheduler _scheduler = scheduler ?? TaskScheduler.Current;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private bool _isAll;
    private bool _isAwake;

    /// <summary>The store's end, to be given back with this.</summary>
    public IDisposable? Watch { get; set; }

    public void Hear(string? name)
    {
        lock (_lock)
        {
            if (name is null || _names.Count >= MostNames) _isAll = true;
            else _names.Add(name);
            if (_isAwake || ending.IsCancellationRequested) return;
            _isAwake = true;
        }

        _ = Task.Factory.StartNew(PassOnAsync, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _scheduler);
    }

    public void Dispose() => Watch?.Dispose();

    private async Task PassOnAsync()
    {
        do
        {
            await Task.Delay(Moment, time, ending)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            if (ending.IsCancellationRequested) return;
            foreach (var name in Take())
                if (!await follow(name)) Hear(name);
        }
        while (!IsAsleep());
    }

    private string?[] Take()
    {
        lock (_lock)
        {
            string?[] told = _isAll ? [null] : [.. _names];
            _isAll = false;
            _names.Clear();
            return told;
        }
    }

    private bool IsAsleep()
    {
        lock (_lock) return !(_isAwake = _isAll || _names.Count > 0);
    }
}
