using System.Collections.Concurrent;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Server.Tests.Access;

/// <summary>A store that records the names that are asked for.</summary>
internal sealed class RecordedStore(IBlobStore store, ConcurrentDictionary<string, bool> touched) : IBlobStore
{
    public string Description => store.Description;

    public IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancellationToken) =>
        store.ListAsync(Seen(prefix), cancellationToken);

    public IAsyncEnumerable<BlobEntry> ListFromAsync(string prefix, string from, CancellationToken cancellationToken) =>
        store.ListFromAsync(Seen(prefix), from, cancellationToken);

    public IDisposable? Watch(string prefix, Action<BlobHint> hint) => store.Watch(prefix, hint);

    public IReadOnlyList<SkippedEntry> Skipped(string prefix) => store.Skipped(prefix);

    public Task CheckWritingAsync(CancellationToken cancellationToken) => store.CheckWritingAsync(cancellationToken);

    public Task<BlobEntry?> FindAsync(string name, CancellationToken cancellationToken) => store.FindAsync(Seen(name), cancellationToken);

    public Task<BlobContent?> ReadAsync(string name, CancellationToken cancellationToken) => store.ReadAsync(Seen(name), cancellationToken);

    public Task<Stream?> OpenReadAsync(string name, string? ifMatch, CancellationToken cancellationToken) =>
        store.OpenReadAsync(Seen(name), ifMatch, cancellationToken);

    public Task<WriteResult> WriteAsync(
        string name, ReadOnlyMemory<byte> content, WriteCondition condition, CancellationToken cancellationToken) =>
        store.WriteAsync(Seen(name), content, condition, cancellationToken);

    public Task<WriteResult> WriteAsync(
        string name, Stream content, WriteCondition condition, IProgress<long>? progress, CancellationToken cancellationToken) =>
        store.WriteAsync(Seen(name), content, condition, progress, cancellationToken);

    public Task<bool> DeleteAsync(string name, WriteCondition condition, CancellationToken cancellationToken) =>
        store.DeleteAsync(Seen(name), condition, cancellationToken);

    private string Seen(string name)
    {
        touched[$"blob {name}"] = true;
        return name;
    }
}
