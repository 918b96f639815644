namespace TsMapSurvey.Server.Published;

/// <summary>
/// Values by name, at most so many bytes of them; callers at the same time share one making, the least recently used goes first.
/// </summary>
internal sealed class ByteCache(long limit)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> _kept = new();
    private long _bytes;

    public long Bytes
    {
        get
        {
            lock (_lock) return _bytes;
        }
    }

    /// <summary>
    /// Whoever asks first makes it for all; a caller that gives up does not stop it for the others. A failure is not kept.
    /// </summary>
    public async Task<T> GetAsync<T>(string name, Func<Task<T>> make, Func<T, long> size, CancellationToken cancellationToken)
        where T : class
    {
        Entry entry;
        lock (_lock)
        {
            if (!_entries.TryGetValue(name, out entry!))
            {
                entry = new Entry(name);
                _entries.Add(name, entry);
                entry.Value = Task.Run(() => MakeAsync(entry, make, size), CancellationToken.None);
            }
            else if (entry.Node is { } node)
            {
                _kept.Remove(node);
                _kept.AddLast(node);
            }
        }

        return (T)await entry.Value.WaitAsync(cancellationToken);
    }

    /// <summary>Drops all that is made; who waits for what is in the making gets it.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _entries.Clear();
            _kept.Clear();
            _bytes = 0;
        }
    }

    private async Task<object> MakeAsync<T>(Entry entry, Func<Task<T>> make, Func<T, long> size)
        where T : class
    {
        try
        {
            var value = await make();
            Keep(entry, size(value));
            return value;
        }
        catch
        {
            lock (_lock) _entries.Remove(entry.Name);
            throw;
        }
    }

    private void Keep(Entry entry, long bytes)
    {
        lock (_lock)
        {
            // What was in the making when the cache was cleared is not kept.
            if (!_entries.TryGetValue(entry.Name, out var known) || known != entry) return;
            entry.Bytes = bytes;
            entry.Node = _kept.AddLast(entry);
            _bytes += bytes;
            while (_bytes > limit && _kept.First is { } oldest)
            {
                _kept.Remove(oldest);
                _entries.Remove(oldest.Value.Name);
                _bytes -= oldest.Value.Bytes;
            }
        }
    }

    private sealed class Entry(string name)
    {
        public string Name { get; } = name;

        public Task<object> Value { get; set; } = null!;

        public long Bytes { get; set; }

        public LinkedListNode<Entry>? Node { get; set; }
    }
}
