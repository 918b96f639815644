using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace TsMapSurvey.Storage.Tests.Faults;

public enum Fault
{
    None,

    /// <summary>The call does not reach the store.</summary>
    Lost,

    /// <summary>The store executes the call, but its answer is lost.</summary>
    AnswerLost,

    /// <summary>A layer below repeats the call and returns the second answer.</summary>
    DoneTwice,

    /// <summary>The store wrongly reports that a write's condition does not hold.</summary>
    Mismatch,

    /// <summary>No answer until the caller gives up.</summary>
    Silence,

    /// <summary>No answer until it is released or the caller gives up.</summary>
    Held,

    /// <summary>The store fails permanently.</summary>
    Denied,
}

/// <summary>A store whose next calls fail as planned; calls after the plan succeed.</summary>
internal sealed class FaultyStore(IBlobStore inner, string? description = null) : IBlobStore
{
    private readonly TaskCompletionSource _silent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<string> _called = Channel.CreateUnbounded<string>();

    public Queue<Fault> Plan { get; } = new();

    public List<string> Calls { get; } = [];

    /// <summary>Runs between a planned write's effect and its lost answer.</summary>
    public Func<Task>? Meanwhile { get; set; }

    /// <summary>Completes when a silent or held call has begun.</summary>
    public Task Silent => _silent.Task;

    public string Description => description ?? "faulty " + inner.Description;

    /// <summary>Releases the held calls.</summary>
    public void Release() => _released.TrySetResult();

    /// <summary>Waits until this many calls were made.</summary>
    public async Task CalledAsync(int calls)
    {
        while (true)
        {
            lock (Calls)
                if (Calls.Count >= calls) return;
            await _called.Reader.ReadAsync(TestContext.Current.CancellationToken);
        }
    }

    public async IAsyncEnumerable<BlobEntry> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        lock (Calls) Calls.Add("list");
        await foreach (var entry in inner.ListAsync(prefix, cancellationToken))
            yield return await RunAsync("item", () => Task.FromResult(entry), cancellationToken);
    }

    public Task<BlobEntry?> FindAsync(string name, CancellationToken cancellationToken) =>
        RunAsync("find", () => inner.FindAsync(name, cancellationToken), cancellationToken);

    public Task<BlobContent?> ReadAsync(string name, CancellationToken cancellationToken) =>
        RunAsync("read", () => inner.ReadAsync(name, cancellationToken), cancellationToken);

    public async Task<Stream?> OpenReadAsync(string name, string? ifMatch, CancellationToken cancellationToken)
    {
        if (await RunAsync("open", () => inner.OpenReadAsync(name, ifMatch, cancellationToken), cancellationToken) is not { } stream)
            return null;
        return new RangeStream(stream.Length, 1, async (offset, destination, token) => await RunAsync("range", async () =>
        {
            stream.Position = offset;
            return await stream.ReadAsync(destination, token);
        }, token), stream);
    }

    public Task<WriteResult> WriteAsync(
        string name, ReadOnlyMemory<byte> content, WriteCondition condition, CancellationToken cancellationToken) =>
        RunAsync("write", () => inner.WriteAsync(name, content, condition, cancellationToken), cancellationToken);

    public Task<WriteResult> WriteAsync(
        string name, Stream content, WriteCondition condition, IProgress<long>? progress, CancellationToken cancellationToken) =>
        RunAsync("upload", () => inner.WriteAsync(name, content, condition, progress, cancellationToken), cancellationToken);

    public Task<bool> DeleteAsync(string name, WriteCondition condition, CancellationToken cancellationToken) =>
        RunAsync("delete", () => inner.DeleteAsync(name, condition, cancellationToken), cancellationToken);

    private async Task<T> RunAsync<T>(string kind, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        lock (Calls) Calls.Add(kind);
        _called.Writer.TryWrite(kind);
        switch (Plan.TryDequeue(out var fault) ? fault : Fault.None)
        {
            case Fault.Lost:
                throw StorageErrors.Unavailable(Description, null, null, "planned");
            case Fault.AnswerLost:
                await call();
                if (Meanwhile is not null) await Meanwhile();
                throw StorageErrors.Unavailable(Description, null, null, "planned");
            case Fault.DoneTwice:
                await call();
                return await call();
            case Fault.Mismatch:
                return (T)(object)WriteResult.Refused;
            case Fault.Silence:
                _silent.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
                throw new InvalidOperationException("unreachable");
            case Fault.Held:
                _silent.TrySetResult();
                await _released.Task.WaitAsync(cancellationToken);
                return await call();
            case Fault.Denied:
                throw StorageErrors.Denied(Description, null, new UnauthorizedAccessException("planned"));
            default:
                return await call();
        }
    }
}
