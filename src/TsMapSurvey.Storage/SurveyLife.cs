namespace TsMapSurvey.Storage;

/// <summary>
/// Detects that a known survey has been deleted, possibly by another process, even if another survey has its name by now. The store is
/// asked at most once per <see cref="CheckInterval"/>; concurrent callers share one request.
/// </summary>
public sealed class SurveyLife
{
    /// <summary>How long the last answer stays valid.</summary>
    public static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(1);

    /// <summary>A slow store must not delay readers for longer than this.</summary>
    private static readonly TimeSpan MaxDelay = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private readonly DeletionMarks _marks;
    private readonly TimeProvider _time;
    private readonly string _survey;
    private readonly string? _life;
    private Task<bool>? _checking;
    private long _checkedAt;

    private SurveyLife(DeletionMarks marks, string survey, TimeProvider time, long checkedAt, string? life) =>
        (_marks, _survey, _time, _checkedAt, _life) = (marks, survey, time, checkedAt, life);

    /// <summary>Starts from the current survey of the name. Call it before reading anything else of the survey.</summary>
    public static async Task<SurveyLife> BeginAsync(
        IBlobStore blobs, string survey, TimeProvider time, CancellationToken cancellationToken)
    {
        var (marks, began) = (new DeletionMarks(blobs), time.GetTimestamp());
        return new SurveyLife(marks, survey, time, began, await marks.LifeAsync(survey, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>True if the survey was deleted. If the store fails or is slow, the survey counts as existing.</summary>
    public async ValueTask<bool> IsDeletedAsync(CancellationToken cancellationToken)
    {
        Task<bool> checking;
        lock (_lock)
        {
            if (_time.GetElapsedTime(_checkedAt) <= CheckInterval) return false;
            checking = _checking is null or { IsCompleted: true } ? _checking = Task.Run(CheckAsync, CancellationToken.None) : _checking;
        }

        try
        {
            return await checking.WaitAsync(MaxDelay, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task<bool> CheckAsync()
    {
        try
        {
            if (await _marks.LifeAsync(_survey, CancellationToken.None).ConfigureAwait(false) != _life) return true;
        }
        catch (StorageException)
        {
        }

        lock (_lock) _checkedAt = _time.GetTimestamp();
        return false;
    }
}
