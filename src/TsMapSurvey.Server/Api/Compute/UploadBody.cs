using TsMapSurvey.Server.Failures;
using TsMapSurvey.Server.Limits;

namespace TsMapSurvey.Server.Api.Compute;

/// <summary>
/// A request's body while it is written to the store. If the client fails (too much data, disconnected), the write is cancelled and the
/// failure kept here, since the store would report it as its own failure.
/// </summary>
internal sealed class UploadBody(HttpRequest request) : ReceivedBody
{
    private readonly CancellationTokenSource _cancel = CancellationTokenSource.CreateLinkedTokenSource(request.HttpContext.RequestAborted);

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

    protected override void Dispose(bool disposing)
    {
        if (disposing) _cancel.Dispose();
        base.Dispose(disposing);
    }
}
