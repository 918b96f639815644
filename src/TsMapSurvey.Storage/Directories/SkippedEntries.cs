using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace TsMapSurvey.Storage.Directories;

/// <summary>Entries of a store's folder that have a blob's name but are not blobs. Each is logged once.</summary>
internal sealed partial class SkippedEntries(string root, ILogger logger)
{
    /// <summary>Further entries are ignored. The next listing finds them after these were removed.</summary>
    private const int MaxNames = 1000;

    private readonly ConcurrentDictionary<string, string> _reasons = new(StringComparer.Ordinal);

    public void Add(string name, EntryKind kind)
    {
        var reason = kind == EntryKind.Link ? "a symbolic link, which is not followed" : "a FIFO, socket or device, not a regular file";
        if (_reasons.Count < MaxNames && _reasons.TryAdd(name, reason)) LogSkipped(name, root, reason);
    }

    /// <summary>Forgets the entries below a listing's prefix that the listing did not find again.</summary>
    public void Keep(string prefix, IReadOnlySet<string> found)
    {
        foreach (var name in _reasons.Keys)
            if (IsOf(name, prefix) && !found.Contains(name)) _reasons.TryRemove(name, out _);
    }

    /// <summary>The entries at or below a prefix, or among its parent folders, in order of their names.</summary>
    public IReadOnlyList<SkippedEntry> Of(string prefix) =>
    [
        .. _reasons.Where(entry => IsOf(entry.Key, prefix)).OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => new SkippedEntry(entry.Key, entry.Value)),
    ];

    private static bool IsOf(string name, string prefix) =>
        name.StartsWith(prefix, StringComparison.Ordinal) || prefix.StartsWith(name + "/", StringComparison.Ordinal);

    [LoggerMessage(LogLevel.Warning, "{Name} in {Store} is skipped because it is {Reason}")]
    private partial void LogSkipped(string name, string store, string reason);
}
