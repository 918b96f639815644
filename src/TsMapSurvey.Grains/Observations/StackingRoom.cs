namespace TsMapSurvey.Grains.Observations;

/// <summary>
/// Limits the bytes of observations that tiles add at the same time: many small ones or few large ones. One that is larger than the limit,
/// or of unknown size, is added alone. First in, first out.
/// </summary>
internal sealed class StackingRoom(long bytes)
{
    private readonly Lock _lock = new();
    private readonly Queue<(long Bytes, TaskCompletionSource Entered)> _waiting = new();
    private readonly long _all = bytes;
    private long _left = bytes;

    /// <param name="size">Null: unknown.</param>
    /// <returns>Disposing it ends the admission.</returns>
    public async Task<IDisposable> EnterAsync(long? size, CancellationToken cancellationToken)
    {
        var share = size < _all ? size.Value : _all;
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Enqueue((share, entered));
            AdmitWaiting();
        }

        // A cancelled waiter is removed from the queue when its turn comes.
        await using var cancellation = cancellationToken.UnsafeRegister(_ => entered.TrySetCanceled(cancellationToken), null);
        await entered.Task;
        return new Admission(() => Release(share));
    }

    private void Release(long share)
    {
        lock (_lock)
        {
            _left += share;
            AdmitWaiting();
        }
    }

    private void AdmitWaiting()
    {
        while (_waiting.TryPeek(out var next) && (next.Entered.Task.IsCompleted || next.Bytes <= _left))
        {
            _waiting.Dequeue();
            if (next.Entered.TrySetResult()) _left -= next.Bytes;
        }
    }

    private sealed class Admission(Action release) : IDisposable
    {
        private Action? _release = release;

        public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
    }
}
