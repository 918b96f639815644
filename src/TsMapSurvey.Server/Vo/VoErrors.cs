using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using TsMapSurvey.Server.Api;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Server.Published;
using TsMapSurvey.Tables;

namespace TsMapSurvey.Server.Vo;

/// <summary>Answers failures in the form that a protocol demands instead of as application/problem+json.</summary>
/// <param name="form">Makes the answer of a failure and its message.</param>
internal sealed partial class VoErrors(Func<Failure, string, IResult> form) : IEndpointFilter
{
    private const string Internal = "internal error of the server; its log has the details";

    /// <summary>DALI 1.1, section 4.4: a VOTable with QUERY_STATUS ERROR.</summary>
    public static VoErrors VoTable { get; } = new((failure, message) =>
        Document(new VoAnswer(null) { Error = message }, failure.Status));

    /// <summary>
    /// Simple Cone Search 1.03, section 2.3: a VOTable with the INFO "Error". A wrong parameter has the HTTP status 200, without which many
    /// clients do not look at the document.
    /// </summary>
    public static VoErrors Cone { get; } = new((failure, message) => Document(
        new VoAnswer(null) { Error = message, OuterInfos = [new VoInfo("Error", message, HasId: true)] },
        failure.Status == StatusCodes.Status400BadRequest ? StatusCodes.Status200OK : failure.Status));

    /// <summary>SODA 1.0, section 5.2: one of its words and a message as text.</summary>
    public static VoErrors Soda { get; } = new((failure, message) => TypedResults.Text(
        $"{(failure.Status is >= 400 and < 500 ? "UsageError" : failure.Status == 503 ? "ServiceUnavailable" : "Error")}: {message}\n",
        "text/plain", Encoding.UTF8, failure.Status));

    /// <summary>The JSON that astroquery shows.</summary>
    public static VoErrors Hips2Fits { get; } = new((failure, message) => TypedResults.Json(
        new Hips2FitsError(failure.Status < 500 ? "Bad request" : "Server error", message), JsonText.Options, null, failure.Status));

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        try
        {
            return await next(context);
        }
        catch (Exception exception) when (exception is not DamagedBlobException && !http.RequestAborted.IsCancellationRequested)
        {
            var failure = FailureTable.Of(exception);
            if (failure.Status is >= 500 and not 503)
                LogFailed(http.RequestServices.GetRequiredService<ILogger<VoErrors>>(), http.Request.Path, exception);
            http.Response.Headers.CacheControl = "no-store";
            if (failure.RetryAfterS is { } seconds) http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            return form(failure, failure.Detail ?? Internal);
        }
    }

    private static Utf8ContentHttpResult Document(VoAnswer answer, int status) =>
        TypedResults.Text(answer.Format(), VoAnswer.ContentType, status);

    [LoggerMessage(LogLevel.Error, "{Path} failed")]
    private static partial void LogFailed(ILogger logger, string path, Exception exception);

    internal sealed record Hips2FitsError(string Title, string Description);
}
