using TsMapSurvey.Server.Failures;

namespace TsMapSurvey.Server.Api.Compute;

/// <summary>
/// A request's body while it is written to the store. If the client fails (too much data, disconnected), the write is cancelled and the
/// failure kept here, since the store would report it as its own failure.
/// </summary>
internal sealed class UploadBody(HttpRequest request) : Stream
{
    private readonly CancellationTokenSource _cancel = CancellationTokenSource.CreateLinkedTokenSource(request.HttpContext.RequestAborted);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>The client's failure; null if there is none.</summary>
    public Exception? Failure { get; private set; }

    public CancellationToken Token => _cancel.Token;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await request.Body.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or RequestException)
        {
            Failure = exception;
            await _cancel.CancelAsync();
            throw new OperationCanceledException(_cancel.Token);
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
        if (disposing) _cancel.Dispose();
        base.Dispose(disposing);
    }
}
