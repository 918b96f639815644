namespace TsMapSurvey.Storage.Resilience;

/// <summary>Passes progress on, and cancels the upload when there is none for a given time.</summary>
internal sealed class ProgressWatch : IProgress<long>, IDisposable
{
    private readonly IProgress<long>? _listener;
    private readonly TimeSpan _timeout;
    private readonly CancellationTokenSource _stalled;
    private readonly CancellationTokenSource _both;

    public ProgressWatch(IProgress<long>? listener, TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        _listener = listener;
        _timeout = timeout;
        _stalled = new CancellationTokenSource(timeout, time);
        _both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stalled.Token);
    }

    public CancellationToken Token => _both.Token;

    public void Report(long value)
    {
        _stalled.CancelAfter(_timeout);
        _listener?.Report(value);
    }

    public void Dispose()
    {
        _both.Dispose();
        _stalled.Dispose();
    }
}
