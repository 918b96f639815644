using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains.Intake;

/// <summary>
/// Collects the names in a store's change notifications. Complete blobs are handled at once. Others are handled after a short delay,
/// because writing one file causes several notifications. Thread-safe; the handler runs on one scheduler.
/// </summary>
internal sealed class IntakeHints : IDisposable
{
    /// <summary>Longer than the pauses of a program that copies a file.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(100);

    private readonly HintLine _complete;
    private readonly HintLine _changing;

    /// <param name="follow">Handles a hint. Returns false to be called again after the next delay.</param>
    /// <param name="scheduler">Where the handler runs; null: the current scheduler of the constructor's caller.</param>
    public IntakeHints(
        Func<BlobHint, Task<bool>> follow, TimeProvider time, CancellationToken ending, TaskScheduler? scheduler = null)
    {
        async Task FollowAsync(BlobHint hint)
        {
            if (!await follow(hint)) Add(hint with { IsComplete = false });
        }

        scheduler ??= TaskScheduler.Current;
        _complete = new HintLine(name => FollowAsync(new BlobHint(name, IsComplete: true)), null, time, scheduler, ending);
        _changing = new HintLine(name => FollowAsync(new BlobHint(name)), Delay, time, scheduler, ending);
    }

    /// <summary>The store's subscription, disposed with this.</summary>
    public IDisposable? Watch { get; set; }

    public void Add(BlobHint hint) => (hint.IsComplete ? _complete : _changing).Add(hint.Name);

    public void Dispose() => Watch?.Dispose();
}
