using System.Runtime.CompilerServices;

namespace TsMapSurvey.Storage.Tests.Faults;

public enum Fault
{
    None,

    /// <summary>The call does not reach the store.</summary>
    Lost,

    /// <summary>The store does it, and its answer is lost.</summary>
    AnswerLost,

    /// <summary>Something below repeats the call by itself and gives the second answer.</summary>
    DoneTwice,

    /// <summary>No answer until the caller gives up.</summary>
    Silence,

    /// <summary>The store refuses for good.</summary>
    Denied,
}

/// <summary>A store whose next calls fail as planned; calls after the plan succeed.</summary>
internal sealed class FaultyStore(IBlobStore inner) : IBlobStore
{
    private readonly TaskCompletionSource _silent = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Queue<Fault> Plan { get; } = new();

    public List<string> Calls { get; } = [];

    /// <summary>Runs between a planned write's effect and its lost answer.</summary>
    public Func<Task>? Meanwhile { get; set; }

    /// <summary>Ends when a silent call has begun.</summary>
    public Task Silent => _silent.Task;

    public string Description => "faulty " + inner.Description;

    public async IAsyncEnumerable<BlobEntry> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Calls.Add("list");
        await foreach (var entry in inner.ListAsync(prefix, cancellationToken))
            yield return await RunAsync("item", () => Task.FromResult(entry), cancellationToken);
    }

    public Task<BlobEntry?> FindAsync(string name, CancellationToken cancellationToken) =>
        RunAsync("find", () => inner.FindAsync(name, cancellationToken), cancellationToken);

    public Task<BlobContent?> ReadAsync(string name, CancellationToken cancellationToken) =>
        RunAsync("read", () => inner.ReadAsync(name, cancellationToken), cancellationToken);

    public async Task<Stream?> OpenReadAsync(string name, string? ifMatch, CancellationToken cancellationToken)
    {
        if (await RunAsync("open", () => inner.OpenReadAsync(name, ifMatch, cancellationToken), cancellationToken) is not { } stream) return null;
        return new RangeStream(stream.Length, 1, async (offset, destination, token) => await RunAsync("range", async () =>
        {
            stream.Position = offset;
            return await stream.ReadAsync(destination, token);
        }, token), stream);
    }

    public Task<WriteResult> WriteAsync(string name, ReadOnlyMemory<byte> content, WriteCondition condition, CancellationToken cancellationToken) =>
        RunAsync("write", () => inner.WriteAsync(name, content, condition, cancellationToken), cancellationToken);

    public Task<WriteResult> WriteAsync(
        string name, Stream content, WriteCondition condition, IProgress<long>? progress, CancellationToken cancellationToken) =>
        RunAsync("upload", () => inner.WriteAsync(name, content, condition, progress, cancellationToken), cancellationToken);

    public Task<bool> DeleteAsync(string name, WriteCondition condition, CancellationToken cancellationToken) =>
        RunAsync("delete", () => inner.DeleteAsync(name, condition, cancellationToken), cancellationToken);

    private async Task<T> RunAsync<T>(string kind, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        Calls.Add(kind);
        switch (Plan.TryDequeue(out var fault) ? fault : Fault.None)
        {
            case Fault.Lost:
                throw StorageException.Unavailable(Description, null, null, "planned");
            case Fault.AnswerLost:
                await call();
                if (Meanwhile is not null) await Meanwhile();
                throw StorageException.Unavailable(Description, null, null, "planned");
            case Fault.DoneTwice:
                await call();
                return await call();
            case Fault.Silence:
                _silent.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
                throw new InvalidOperationException("unreachable");
            case Fault.Denied:
                throw StorageException.Denied(Description, null, new UnauthorizedAccessException("planned"));
            default:
                return await call();
        }
    }
}
