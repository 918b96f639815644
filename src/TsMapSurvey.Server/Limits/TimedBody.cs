using TsMapSurvey.Server.Failures;

namespace TsMapSurvey.Server.Limits;

/// <summary>A request's body; reading it fails when it has not arrived in time, which includes the time that the server takes.</summary>
internal sealed class TimedBody : Stream
{
    private readonly Stream _body;
    private readonly TimeSpan _limit;
    private readonly CancellationTokenSource _overdue;

    public TimedBody(Stream body, TimeSpan limit, TimeProvider time) =>
        (_body, _limit, _overdue) = (body, limit, new CancellationTokenSource(limit, time));

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

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

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _overdue.Dispose();
        base.Dispose(disposing);
    }
}
