namespace TsMapSurvey.Storage.Directories;

/// <summary>
/// All subscriptions of a store share one watcher of the operating system on their common parent folder, since a user may only have few
/// (128 on many machines).
/// </summary>
/// <param name="open">Opens a watcher on a folder ("" is the store's own). Its hints name folders with a trailing
/// slash, and nothing after notifications were lost.</param>
internal sealed class FolderWatches(Func<string, Action<BlobHint>, IDisposable> open)
{
    private readonly Lock _lock = new();
    private volatile Subscription[] _subscriptions = [];
    private IDisposable? _watch;
    private string _folder = "";

    /// <param name="prefix">A folder with a trailing slash.</param>
    /// <param name="hint">As in <see cref="IBlobStore.Watch"/>.</param>
    /// <exception cref="IOException">The operating system's limit of watchers is reached.</exception>
    public IDisposable Add(string prefix, Action<BlobHint> hint)
    {
        lock (_lock)
        {
            var others = _subscriptions;
            var folder = _watch is null ? prefix : CommonFolder(_folder, prefix);
            var earlier = _watch;
            var isMoved = earlier is null || folder != _folder;
            // The new watcher opens before the old one closes: reporting a write twice is better than missing it.
            if (isMoved) (_watch, _folder) = (open(folder, Notify), folder);
            var subscription = new Subscription(this, prefix, hint);
            _subscriptions = [.. others, subscription];
            if (isMoved) earlier?.Dispose();
            if (isMoved) Array.ForEach(others, other => other.Hint(default));
            return subscription;
        }
    }

    private void Remove(Subscription subscription)
    {
        lock (_lock)
        {
            _subscriptions = [.. _subscriptions.Where(other => other != subscription)];
            if (_subscriptions.Length > 0) return;
            _watch?.Dispose();
            _watch = null;
        }
    }

    /// <summary>Takes no lock, since disposing a watcher may wait for its last call to end.</summary>
    private void Notify(BlobHint hint)
    {
        var name = hint.Name;
        foreach (var subscription in _subscriptions)
        {
            var isBelow = name?.StartsWith(subscription.Prefix, StringComparison.Ordinal) == true;
            if (name is null) subscription.Hint(hint);
            else if (!name.EndsWith('/') && isBelow) subscription.Hint(hint);
            // The files that a new or moved folder already contains are not reported.
            else if (name.EndsWith('/') && (isBelow || subscription.Prefix.StartsWith(name, StringComparison.Ordinal)))
                subscription.Hint(default);
        }
    }

    private static string CommonFolder(string one, string other)
    {
        var length = one.AsSpan().CommonPrefixLength(other);
        return one[..(one.AsSpan(0, length).LastIndexOf('/') + 1)];
    }

    private sealed class Subscription(FolderWatches watches, string prefix, Action<BlobHint> hint) : IDisposable
    {
        public string Prefix { get; } = prefix;

        public void Hint(BlobHint found) => hint(found);

        public void Dispose() => watches.Remove(this);
    }
}
