namespace TsMapSurvey.Storage.Resilience;

/// <summary>Cancels an upload that has made no progress for the longest time allowed; passes the progress on.</summary>
internal sealed class ProgressWatch : IProgress<long>, IDisposable
{
    private readonly IProgress<long>? _listener;
    private readonly TimeSpan _longest;
    private readonly CancellationTokenSource _silence;
    private readonly CancellationTokenSource _both;

    public ProgressWatch(IProgress<long>? listener, TimeSpan longest, TimeProvider time, CancellationToken cancellationToken)
    {
        _listener = listener;
        _longest = longest;
        _silence = new CancellationTokenSource(longest, time);
        _both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _silence.Token);
    }

    public CancellationToken Token => _both.Token;

    public void Report(long value)
    {
        _silence.CancelAfter(_longest);
        _listener?.Report(value);
    }

    public void Dispose()
    {
        _both.Dispose();
        _silence.Dispose();
    }
}
