namespace TsMapSurvey.Chaos;

/// <summary>Which fault strikes a request now: the spells that are on, and dice of the run's seed.</summary>
internal sealed class Weather(int seed)
{
    private static readonly TimeSpan LongestHeldBack = TimeSpan.FromSeconds(8);
    private readonly Lock _lock = new();
    private readonly Random _dice = new(seed ^ 0x5eed);
    private readonly List<Spell> _spells = [];
    private readonly Dictionary<string, TaskCompletionSource> _overtaking = new(StringComparer.Ordinal);
    private int _struck;
    private int _heldBack;

    /// <summary>Requests that something was done to.</summary>
    public int Struck => Volatile.Read(ref _struck);

    /// <summary>Conditions of writes are taken off their requests: the planted bug.</summary>
    public bool TakesConditions { get; init; }

    public void Begin(Spell spell)
    {
        lock (_lock) _spells.Add(spell);
    }

    public void End(Spell spell)
    {
        lock (_lock) _spells.Remove(spell);
    }

    public void Calm()
    {
        lock (_lock) _spells.Clear();
    }

    /// <param name="sender">The silo's number; one beyond the last: who puts.</param>
    public StorageFault Strike(int sender, bool isWrite, bool isConditional, bool isManifestWrite)
    {
        lock (_lock)
        {
            foreach (var spell in _spells)
            {
                if ((spell.Silo is { } silo && silo != sender) || (spell.OnlyManifests && !isManifestWrite)) continue;
                if (spell.Fault == StorageFault.Mismatch && !(isConditional && isWrite)) continue;
                if (spell.Fault == StorageFault.LateWrite && !isWrite) continue;
                if (_dice.NextDouble() >= spell.Share) continue;
                Interlocked.Increment(ref _struck);
                return spell.Fault;
            }
        }

        return StorageFault.None;
    }

    /// <summary>Writes that are on their way to the storage for long.</summary>
    public int HeldBack => Volatile.Read(ref _heldBack);

    /// <summary>Somebody's write has arrived.</summary>
    public void Written(string path)
    {
        lock (_lock)
        {
            if (_overtaking.Remove(path, out var overtaken)) overtaken.SetResult();
        }
    }

    /// <summary>
    /// Until another write to the same blob has overtaken this one, and a moment more; or for a time, where nobody else writes there.
    /// </summary>
    public async Task HoldBackAsync(string path)
    {
        Task overtaken;
        lock (_lock)
        {
            if (!_overtaking.TryGetValue(path, out var source))
                _overtaking[path] = source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            overtaken = source.Task;
        }

        Interlocked.Increment(ref _heldBack);
        await overtaken.WaitAsync(LongestHeldBack).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.Delay(TimeSpan.FromSeconds(Roll() * 1.5));
        Interlocked.Decrement(ref _heldBack);
    }

    /// <summary>A number from 0 to 1 for how badly.</summary>
    public double Roll()
    {
        lock (_lock) return _dice.NextDouble();
    }
}
