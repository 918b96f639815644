namespace TsMapSurvey.Storage.Directories;

/// <summary>
/// All who watch folders of one store, on one watcher of the operating system, of which a user has few (128 on many machines). It
/// watches the
/// folder that all of theirs lie in.
/// </summary>
/// <param name="open">
/// Opens a watcher on a folder, "" for the store's own; it tells of names below it, of folders with a slash at their end, and null for
/// "something
/// was missed".
/// </param>
internal sealed class FolderWatches(Func<string, Action<string?>, IDisposable> open)
{
    private readonly Lock _lock = new();
    private volatile Subscription[] _subscriptions = [];
    private IDisposable? _watch;
    private string _folder = "";

    /// <param name="prefix">A folder, with the slash at its end.</param>
    /// <param name="hint">As that of <see cref="IBlobStore.Watch"/>.</param>
    /// <exception cref="IOException">The operating system watches no more.</exception>
    public IDisposable Add(string prefix, Action<string?> hint)
    {
        lock (_lock)
        {
            var others = _subscriptions;
            var folder = _watch is null ? prefix : InBoth(_folder, prefix);
            var earlier = _watch;
            var isMoved = earlier is null || folder != _folder;
            // The new one first: what is written in between is told twice rather than never.
            if (isMoved) (_watch, _folder) = (open(folder, Tell), folder);
            var subscription = new Subscription(this, prefix, hint);
            _subscriptions = [.. others, subscription];
            if (isMoved) earlier?.Dispose();
            if (isMoved) Array.ForEach(others, other => other.Hint(null));
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

    /// <summary>Takes no lock: a watcher may wait for its last call to end while it is disposed of.</summary>
    private void Tell(string? name)
    {
        foreach (var subscription in _subscriptions)
        {
            var isBelow = name?.StartsWith(subscription.Prefix, StringComparison.Ordinal) == true;
            if (name is null) subscription.Hint(null);
            else if (!name.EndsWith('/') && isBelow) subscription.Hint(name);
            // Nobody tells what was in a folder when it came.
            else if (name.EndsWith('/') && (isBelow || subscription.Prefix.StartsWith(name, StringComparison.Ordinal)))
                subscription.Hint(null);
        }
    }

    private static string InBoth(string one, string other)
    {
        var length = one.AsSpan().CommonPrefixLength(other);
        return one[..(one.AsSpan(0, length).LastIndexOf('/') + 1)];
    }

    private sealed class Subscription(FolderWatches watches, string prefix, Action<string?> hint) : IDisposable
    {
        public string Prefix { get; } = prefix;

        public void Hint(string? name) => hint(name);

        public void Dispose() => watches.Remove(this);
    }
}
