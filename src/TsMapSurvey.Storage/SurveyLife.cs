namespace TsMapSurvey.Storage;

/// <summary>
/// Whether the survey that somebody remembers is still the one in the store: it may have been deleted, by another process too, and another
/// one may have its name. Looked at when it is asked for and the last look is a while ago; callers at the same time share one look.
/// </summary>
public sealed class SurveyLife
{
    /// <summary>For so long a survey is believed to be there still.</summary>
    public static readonly TimeSpan LongestBelief = TimeSpan.FromSeconds(1);

    /// <summary>A store that does not answer does not keep readers waiting.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private readonly DeletionMarks _marks;
    private readonly TimeProvider _time;
    private readonly string _survey;
    private readonly string? _life;
    private Task<bool>? _looking;
    private long _seenAt;

    private SurveyLife(DeletionMarks marks, string survey, TimeProvider time, long seenAt, string? life) =>
        (_marks, _survey, _time, _seenAt, _life) = (marks, survey, time, seenAt, life);

    /// <summary>Of the survey that has the name now; to be taken before anything else of it is read.</summary>
    public static async Task<SurveyLife> BeginAsync(
        IBlobStore blobs, string survey, TimeProvider time, CancellationToken cancellationToken)
    {
        var (marks, began) = (new DeletionMarks(blobs), time.GetTimestamp());
        return new SurveyLife(marks, survey, time, began, await marks.LifeAsync(survey, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>True when it was deleted. A store that fails, or takes its time, says nothing: it goes on.</summary>
    public async ValueTask<bool> IsOverAsync(CancellationToken cancellationToken)
    {
        Task<bool> looking;
        lock (_lock)
        {
            if (_time.GetElapsedTime(_seenAt) <= LongestBelief) return false;
            looking = _looking is null or { IsCompleted: true } ? _looking = Task.Run(LookAsync, CancellationToken.None) : _looking;
        }

        try
        {
            return await looking.WaitAsync(Patience, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task<bool> LookAsync()
    {
        try
        {
            if (await _marks.LifeAsync(_survey, CancellationToken.None).ConfigureAwait(false) != _life) return true;
        }
        catch (StorageException)
        {
        }

        lock (_lock) _seenAt = _time.GetTimestamp();
        return false;
    }
}
