using System.Diagnostics;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Server.Failures;

/// <summary>What every problem has: its status in words, what was asked for, an id to find it by in the log.</summary>
internal static class ProblemForms
{
    public static void Customize(ProblemDetailsOptions options) => options.CustomizeProblemDetails = context =>
    {
        var (problem, request) = (context.ProblemDetails, context.HttpContext.Request);
        problem.Instance = request.Path;
        problem.Detail ??= problem.Status switch
        {
            404 => $"{request.Method} {ShownText.Of(request.Path)} leads nowhere; /docs lists what there is",
            405 => $"{ShownText.Of(request.Path)} takes {context.HttpContext.Response.Headers.Allow}, found {request.Method}",
            415 => $"content type: found '{ShownText.Of(request.ContentType)}', expected application/json",
            500 => "this is an error of the server; its log says more",
            _ => null,
        };
        problem.Extensions["traceId"] = Activity.Current?.Id ?? context.HttpContext.TraceIdentifier;
        if (!context.HttpContext.Response.Headers.ContainsKey("Cache-Control"))
            context.HttpContext.Response.Headers.CacheControl = "no-store";
    };
}
