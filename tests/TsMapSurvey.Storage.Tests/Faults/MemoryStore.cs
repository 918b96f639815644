using System.Globalization;
using System.Runtime.CompilerServices;

namespace TsMapSurvey.Storage.Tests.Faults;

/// <summary>
/// A store whose calls complete synchronously, so that in a test only the clock and the faults determine the order of events.
/// </summary>
internal sealed class MemoryStore : IBlobStore
{
    private readonly SortedDictionary<string, (byte[] Bytes, string ETag)> _blobs = new(StringComparer.Ordinal);
    private int _version;

    public string Description => "memory";

    public async IAsyncEnumerable<BlobEntry> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var name in _blobs.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).ToArray())
            yield return Entry(name)!;
    }

    public Task<BlobEntry?> FindAsync(string name, CancellationToken cancellationToken) => Task.FromResult(Entry(name));

    public Task<BlobContent?> ReadAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult(_blobs.TryGetValue(name, out var blob) ? new BlobContent(blob.Bytes, blob.ETag) : null);

    public Task<Stream?> OpenReadAsync(string name, string? ifMatch, CancellationToken cancellationToken) =>
        Task.FromResult<Stream?>(_blobs.TryGetValue(name, out var blob) ? new MemoryStream(blob.Bytes, writable: false) : null);

    public Task<WriteResult> WriteAsync(
        string name, ReadOnlyMemory<byte> content, WriteCondition condition, CancellationToken cancellationToken)
    {
        if (!condition.Holds(Entry(name)?.ETag)) return Task.FromResult(new WriteResult(false, null));
        var eTag = (++_version).ToString(CultureInfo.InvariantCulture);
        _blobs[name] = (content.ToArray(), eTag);
        return Task.FromResult(new WriteResult(true, eTag));
    }

    public Task<WriteResult> WriteAsync(
        string name, Stream content, WriteCondition condition, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        using var copy = new MemoryStream();
        content.CopyTo(copy);
        progress?.Report(copy.Length);
        return WriteAsync(name, copy.ToArray(), condition, cancellationToken);
    }

    public Task<bool> DeleteAsync(string name, WriteCondition condition, CancellationToken cancellationToken) =>
        Task.FromResult(Entry(name) is { } found && condition.Holds(found.ETag) && _blobs.Remove(name));

    private BlobEntry? Entry(string name) =>
        _blobs.TryGetValue(name, out var blob) ? new BlobEntry(name, blob.ETag, blob.Bytes.Length, DateTimeOffset.UnixEpoch) : null;
}
