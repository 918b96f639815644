namespace TsMapSurvey.Grains.Observations;

/// <summary>
/// Bytes of observations that are on their way into tiles at the same time, so that many small ones go together and few large ones do. One
/// that is larger than all the room, or of unknown size, goes alone. First come, first served.
/// </summary>
internal sealed class StackingRoom(long bytes)
{
    private readonly Lock _lock = new();
    private readonly Queue<(long Bytes, TaskCompletionSource Entered)> _waiting = new();
    private readonly long _all = bytes;
    private long _left = bytes;

    /// <param name="size">Null: unknown.</param>
    /// <returns>To be disposed of when it is through.</returns>
    public async Task<IDisposable> EnterAsync(long? size, CancellationToken cancellationToken)
    {
        var share = size < _all ? size.Value : _all;
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Enqueue((share, entered));
            LetIn();
        }

        // Whoever does not want it any more when its turn comes leaves at once.
        await using var giveUp = cancellationToken.UnsafeRegister(_ => entered.TrySetCanceled(cancellationToken), null);
        await entered.Task;
        return new Place(() => Leave(share));
    }

    private void Leave(long share)
    {
        lock (_lock)
        {
            _left += share;
            LetIn();
        }
    }

    private void LetIn()
    {
        while (_waiting.TryPeek(out var next) && (next.Entered.Task.IsCompleted || next.Bytes <= _left))
        {
            _waiting.Dequeue();
            if (next.Entered.TrySetResult()) _left -= next.Bytes;
        }
    }

    private sealed class Place(Action leave) : IDisposable
    {
        private Action? _leave = leave;

        public void Dispose() => Interlocked.Exchange(ref _leave, null)?.Invoke();
    }
}
