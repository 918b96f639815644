using System.Diagnostics;
using TsMapSurvey.Server.Access;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Server.Failures;

/// <summary>
/// Completes every problem answer: a default detail for its status, the request's path, and an id for searching the log.
/// </summary>
internal static class ProblemForms
{
    public static void Customize(ProblemDetailsOptions options) => options.CustomizeProblemDetails = context =>
    {
        var (problem, request) = (context.ProblemDetails, context.HttpContext.Request);
        problem.Instance = request.Path;
        problem.Detail ??= problem.Status switch
        {
            404 => $"{request.Method} {MessageText.Of(request.Path)} does not exist; /docs lists all operations",
            405 => $"{MessageText.Of(request.Path)}: found {request.Method}, expected {context.HttpContext.Response.Headers.Allow}",
            415 => $"content type: found '{MessageText.Of(request.ContentType)}', expected application/json",
            500 => "internal error of the server; its log has the details under this traceId",
            _ => null,
        };
        if (problem.Status == StatusCodes.Status401Unauthorized)
            context.HttpContext.Response.Headers.WWWAuthenticate = AccessCheck.Challenges(context.HttpContext);
        problem.Extensions["traceId"] = Activity.Current?.Id ?? context.HttpContext.TraceIdentifier;
        if (!context.HttpContext.Response.Headers.ContainsKey("Cache-Control"))
            context.HttpContext.Response.Headers.CacheControl = "no-store";
    };
}
