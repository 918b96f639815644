using TsMapSurvey.Server.Failures;

namespace TsMapSurvey.Server.Limits;

/// <summary>A request's body; reading it fails when it has not arrived in time, which includes the time that the server takes.</summary>
internal sealed class TimedBody : ReceivedBody
{
    private readonly Stream _body;
    private readonly TimeSpan _limit;
    private readonly CancellationTokenSource _overdue;

    public TimedBody(Stream body, TimeSpan limit, TimeProvider time) =>
        (_body, _limit, _overdue) = (body, limit, new CancellationTokenSource(limit, time));

    /// <exception cref="RequestException">408: it took too long.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _overdue.Token);
        try
        {
            return await _body.ReadAsync(buffer, either.Token);
        }
        catch (OperationCanceledException) when (_overdue.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw RequestErrors.SlowBody(_limit);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _overdue.Dispose();
        base.Dispose(disposing);
    }
}
