using System.Collections.Concurrent;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains.Tests;

internal enum Fault
{
    /// <summary>The call does not reach the store.</summary>
    Lost,

    /// <summary>The store does it, and its answer is lost.</summary>
    AnswerLost,

    /// <summary>The store has no room.</summary>
    Full,

    /// <summary>Our own code fails in a way that nobody foresaw.</summary>
    Defect,
}

/// <summary>
/// A store that fails as planned, by the end of a blob's name; what is not planned succeeds. Counts the openings of each blob.
/// </summary>
internal sealed class FaultyStore(IBlobStore inner) : IBlobStore
{
    private readonly Lock _lock = new();
    private readonly List<Plan> _plan = [];
    private HeldWrite? _held;

    public ConcurrentDictionary<string, int> Opened { get; } = new();

    public string Description => inner.Description;

    /// <summary>Writes of a blob whose name ends so fail, so many times, after some that do not.</summary>
    public void FailWrites(string ending, Fault fault, int after = 0, int times = 1)
    {
        lock (_lock) _plan.Add(new Plan { Call = "write", Ending = ending, Fault = fault, After = after, Times = times });
    }

    /// <summary>The next looks for a blob whose name ends so fail, so many times.</summary>
    public void FailFinds(string ending, int times)
    {
        lock (_lock) _plan.Add(new Plan { Call = "find", Ending = ending, Fault = Fault.Lost, Times = times });
    }

    /// <summary>The next opening for reading of a blob whose name ends so, fails.</summary>
    public void FailNextOpen(string ending, Fault fault = Fault.Lost)
    {
        lock (_lock) _plan.Add(new Plan { Call = "open", Ending = ending, Fault = fault, Times = 1 });
    }

    /// <summary>The next write of a blob whose name ends so waits until it is released.</summary>
    public HeldWrite HoldNextWrite(string ending, int after = 0)
    {
        var held = new HeldWrite(ending, after);
        lock (_lock) _held = held;
        return held;
    }

    public bool IsDone
    {
        get
        {
            lock (_lock) return _plan.Count == 0;
        }
    }

    public IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancellationToken) =>
        inner.ListAsync(prefix, cancellationToken);

    public Task<BlobEntry?> FindAsync(string name, CancellationToken cancellationToken) =>
        Planned("find", name) is { } fault ? throw Failure(fault, name) : inner.FindAsync(name, cancellationToken);

    public Task<BlobContent?> ReadAsync(string name, CancellationToken cancellationToken) => inner.ReadAsync(name, cancellationToken);

    public Task<Stream?> OpenReadAsync(string name, string? ifMatch, CancellationToken cancellationToken)
    {
        if (Planned("open", name) is { } fault) throw Failure(fault, name);
        Opened.AddOrUpdate(name, 1, (_, count) => count + 1);
        return inner.OpenReadAsync(name, ifMatch, cancellationToken);
    }

    public Task<WriteResult> WriteAsync(
        string name, ReadOnlyMemory<byte> content, WriteCondition condition, CancellationToken cancellationToken) =>
        RunAsync(name, () => inner.WriteAsync(name, content, condition, cancellationToken));

    public Task<WriteResult> WriteAsync(
        string name, Stream content, WriteCondition condition, IProgress<long>? progress, CancellationToken cancellationToken) =>
        RunAsync(name, () => inner.WriteAsync(name, content, condition, progress, cancellationToken));

    public Task<bool> DeleteAsync(string name, WriteCondition condition, CancellationToken cancellationToken) =>
        inner.DeleteAsync(name, condition, cancellationToken);

    private async Task<WriteResult> RunAsync(string name, Func<Task<WriteResult>> write)
    {
        HeldWrite? held = null;
        lock (_lock)
            if (_held is not null && name.EndsWith(_held.Ending, StringComparison.Ordinal) && _held.After-- == 0)
                (held, _held) = (_held, null);
        if (held is not null) await held.WaitAsync();
        var fault = Planned("write", name);
        if (fault is null) return await write();
        if (fault == Fault.AnswerLost) await write();
        throw Failure(fault.Value, name);
    }

    private Exception Failure(Fault fault, string name) => fault switch
    {
        Fault.Defect => new InvalidOperationException("planned defect"),
        Fault.Full => StorageErrors.Full(Description, name, null),
        _ => StorageErrors.Unavailable(Description, name, null, "planned"),
    };

    private Fault? Planned(string call, string name)
    {
        lock (_lock)
        {
            if (_plan.Find(plan => plan.Call == call && name.EndsWith(plan.Ending, StringComparison.Ordinal)) is not { } plan) return null;
            if (plan.After-- > 0) return null;
            if (--plan.Times == 0) _plan.Remove(plan);
            return plan.Fault;
        }
    }

    private sealed class Plan
    {
        public required string Call { get; init; }

        public required string Ending { get; init; }

        public required Fault Fault { get; init; }

        public int After { get; set; }

        public required int Times { get; set; }
    }
}
