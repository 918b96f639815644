using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace TsMapSurvey.Server.Failures;

internal sealed partial class ProblemWriter(IProblemDetailsService problems, ILogger<ProblemWriter> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested) return true;
        var failure = FailureTable.Of(exception);
        if (failure.Status >= 500 && failure.Status != StatusCodes.Status501NotImplemented)
            LogFailed(httpContext.Request.Method, httpContext.Request.Path, exception);
        httpContext.Response.StatusCode = failure.Status;
        if (failure.RetryAfterS is { } seconds) httpContext.Response.Headers.RetryAfter = $"{seconds}";
        var details = new ProblemDetails { Status = failure.Status, Detail = failure.Detail };
        if (failure.Errors.Count > 0) details.Extensions["errors"] = failure.Errors;
        return await problems.TryWriteAsync(
            new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = details, Exception = exception });
    }

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed")]
    private partial void LogFailed(string method, string path, Exception exception);
}
