namespace TsMapSurvey.Server.Published;

/// <summary>
/// A cache by name with a limit in bytes, which evicts the least recently used value. Concurrent requests for one value share one
/// computation.
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
    /// Returns the cached value or computes it. A caller that cancels does not stop the computation for the others. Failures are not
    /// cached.
    /// </summary>
    public async Task<T> GetAsync<T>(string name, Func<Task<T>> compute, Func<T, long> size, CancellationToken cancellationToken)
        where T : class
    {
        Entry entry;
        lock (_lock)
        {
            if (!_entries.TryGetValue(name, out entry!))
            {
                entry = new Entry(name);
                _entries.Add(name, entry);
                entry.Value = Task.Run(() => ComputeAsync(entry, compute, size), CancellationToken.None);
            }
            else if (entry.Node is { } node)
            {
                _kept.Remove(node);
                _kept.AddLast(node);
            }
        }

        return (T)await entry.Value.WaitAsync(cancellationToken);
    }

    /// <summary>Removes all values. Computations in progress still return their results to their callers.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _entries.Clear();
            _kept.Clear();
            _bytes = 0;
        }
    }

    private async Task<object> ComputeAsync<T>(Entry entry, Func<Task<T>> compute, Func<T, long> size)
        where T : class
    {
        try
        {
            var value = await compute();
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
            // A value whose computation began before Clear is not kept.
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
