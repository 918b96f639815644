using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace TsMapSurvey.Storage.Directories;

/// <summary>
/// What lies in a store's folder and is no blob, though it looks like one: named once in the log, and kept for who asks.
/// </summary>
internal sealed partial class SkippedEntries(string root, ILogger logger)
{
    /// <summary>More are counted nowhere: whoever mends these finds the next ones.</summary>
    private const int MostNames = 1000;

    private readonly ConcurrentDictionary<string, string> _reasons = new(StringComparer.Ordinal);

    public void Add(string name, EntryKind kind)
    {
        var reason = kind == EntryKind.Link ? "a symbolic link, which is not followed" : "a FIFO, socket or device, and no regular file";
        if (_reasons.Count < MostNames && _reasons.TryAdd(name, reason)) LogSkipped(name, root, reason);
    }

    /// <summary>Forgets those of a listing's prefix that it did not find again.</summary>
    public void Keep(string prefix, IReadOnlySet<string> found)
    {
        foreach (var name in _reasons.Keys)
            if (IsOf(name, prefix) && !found.Contains(name)) _reasons.TryRemove(name, out _);
    }

    /// <summary>Those below a prefix, or in its way, in order of their names.</summary>
    public IReadOnlyList<SkippedEntry> Of(string prefix) =>
    [
        .. _reasons.Where(entry => IsOf(entry.Key, prefix)).OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => new SkippedEntry(entry.Key, entry.Value)),
    ];

    private static bool IsOf(string name, string prefix) =>
        name.StartsWith(prefix, StringComparison.Ordinal) || prefix.StartsWith(name + "/", StringComparison.Ordinal);

    [LoggerMessage(LogLevel.Warning, "{Name} in {Store} is skipped: it is {Reason}")]
    private partial void LogSkipped(string name, string store, string reason);
}
