using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains.Tests;

internal enum Fault
{
    /// <summary>The call does not reach the store.</summary>
    Lost,

    /// <summary>The store does it, and its answer is lost.</summary>
    AnswerLost,
}

/// <summary>A store that fails as planned, by the end of a blob's name; what is not planned succeeds. Counts the openings of each blob.</summary>
internal sealed class FaultyStore(IBlobStore inner) : IBlobStore
{
    private readonly ConcurrentDictionary<string, Fault> _plan = new();

    public ConcurrentDictionary<string, int> Opened { get; } = new();

    public string Description => inner.Description;

    /// <summary>The next write of a blob whose name ends so, fails.</summary>
    public void FailNextWrite(string ending, Fault fault) => _plan["write " + ending] = fault;

    /// <summary>The next opening for reading of a blob whose name ends so, fails.</summary>
    public void FailNextOpen(string ending) => _plan["open " + ending] = Fault.Lost;

    public bool IsDone => _plan.IsEmpty;

    public IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancellationToken) => inner.ListAsync(prefix, cancellationToken);

    public Task<BlobEntry?> FindAsync(string name, CancellationToken cancellationToken) => inner.FindAsync(name, cancellationToken);

    public Task<BlobContent?> ReadAsync(string name, CancellationToken cancellationToken) => inner.ReadAsync(name, cancellationToken);

    public Task<Stream?> OpenReadAsync(string name, string? ifMatch, CancellationToken cancellationToken)
    {
        if (Planned("open", name) is not null) throw Unavailable(null, Description, name, null, "planned");
        Opened.AddOrUpdate(name, 1, (_, count) => count + 1);
        return inner.OpenReadAsync(name, ifMatch, cancellationToken);
    }

    public Task<WriteResult> WriteAsync(string name, ReadOnlyMemory<byte> content, WriteCondition condition, CancellationToken cancellationToken) =>
        RunAsync(name, () => inner.WriteAsync(name, content, condition, cancellationToken));

    public Task<WriteResult> WriteAsync(string name, Stream content, WriteCondition condition, IProgress<long>? progress, CancellationToken cancellationToken) =>
        RunAsync(name, () => inner.WriteAsync(name, content, condition, progress, cancellationToken));

    public Task<bool> DeleteAsync(string name, WriteCondition condition, CancellationToken cancellationToken) => inner.DeleteAsync(name, condition, cancellationToken);

    private async Task<WriteResult> RunAsync(string name, Func<Task<WriteResult>> write)
    {
        var fault = Planned("write", name);
        if (fault is null) return await write();
        if (fault == Fault.AnswerLost) await write();
        throw Unavailable(null, Description, name, null, "planned");
    }

    private Fault? Planned(string call, string name)
    {
        foreach (var key in _plan.Keys)
            if (key.StartsWith(call, StringComparison.Ordinal) && name.EndsWith(key[(call.Length + 1)..], StringComparison.Ordinal) && _plan.TryRemove(key, out var fault)) return fault;
        return null;
    }

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "Unavailable")]
    private static extern StorageException Unavailable(StorageException? type, string store, string? blob, Exception? inner, string? found);
}
