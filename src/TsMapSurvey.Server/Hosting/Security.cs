using TsMapSurvey.Server.Failures;
using TsMapSurvey.Server.Pages;

namespace TsMapSurvey.Server.Hosting;

/// <summary>Security headers, and the check of a request's origin.</summary>
internal static class Security
{
    // The viewer of the API documentation has inline styles and an inline script. It is served by this server and loads nothing from
    // elsewhere.
    private const string DocsPolicy =
        "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' "
            + "data:; connect-src 'self'; "
        + "worker-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    // Aladin Lite compiles WebAssembly, which is in its script as a data: URL, and decodes tiles in a worker of a blob: URL.
    private const string Policy =
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' " + AladinLite.StyleSources
        + "; img-src 'self' blob: data:; font-src 'self'; connect-src 'self' data:; worker-src 'self' blob:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void UseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers.ContentSecurityPolicy = context.Request.Path.StartsWithSegments(DocsPages.Path) ? DocsPolicy : Policy;
            return Task.CompletedTask;
        });
        return next(context);
    });

    /// <summary>
    /// Against CSRF: a browser may send another site's POST to a server on this machine. Changes are accepted only from this server's
    /// pages, or from programs, which send no Origin header.
    /// </summary>
    public static void UseOwnPagesOnly(this WebApplication app) => app.Use((context, next) =>
    {
        var request = context.Request;
        if (Writing.IsReading(request.Method)) return next(context);
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || origin == $"{request.Scheme}://{request.Host}"
            ? next(context) : throw RequestErrors.ForeignOrigin(origin);
    });
}
