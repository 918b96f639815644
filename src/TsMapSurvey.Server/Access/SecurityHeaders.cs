using TsMapSurvey.Server.Failures;
using TsMapSurvey.Server.Limits;
using TsMapSurvey.Server.Pages;
using TsMapSurvey.Server.Settings;

namespace TsMapSurvey.Server.Access;

/// <summary>Security headers of every answer, and the check of a request's origin.</summary>
internal static class SecurityHeaders
{
    /// <summary>For data, which no browser has to run or load anything for.</summary>
    private const string DataPolicy = "default-src 'none'; frame-ancestors 'none'";

    /// <summary>
    /// For pages: files of this server only. Aladin Lite compiles WebAssembly, which is in its script as a data: URL, and decodes tiles
    /// in a worker of a blob: URL.
    /// </summary>
    private const string PagePolicy =
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' " + AladinLite.StyleSources
        + "; img-src 'self' blob: data:; font-src 'self'; connect-src 'self' data:; worker-src 'self' blob:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string Permissions = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
    private const string OneYear = "max-age=31536000";
    private static readonly PathString[] Data =
    [
        "/api", "/hips", "/hipslist", "/hips2fits", "/scs", "/vo", "/openapi",
        "/health", "/metrics",
    ];

    public static void UseSecurityHeaders(this WebApplication app)
    {
        var isShared = app.Services.GetRequiredService<ServerSettings>().CorsOrigins.Count > 0;
        Func<object, Task> set = state =>
        {
            Set((HttpContext)state, isShared);
            return Task.CompletedTask;
        };
        app.Use((context, next) =>
        {
            context.Response.OnStarting(set, context);
            return next(context);
        });
    }

    /// <summary>
    /// Against CSRF: a browser may send another site's POST to a server on this machine. Changes are accepted only from this server's
    /// pages, or from programs, which send no Origin header.
    /// </summary>
    public static void UseOwnPagesOnly(this WebApplication app) => app.Use((context, next) =>
    {
        var request = context.Request;
        if (AccessCheck.IsReading(request.Method)) return next(context);
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || origin == $"{request.Scheme}://{request.Host}"
            ? next(context) : throw RequestErrors.ForeignOrigin(origin);
    });

    /// <param name="isShared">Whether pages of other origins may read.</param>
    private static void Set(HttpContext context, bool isShared)
    {
        var (headers, path) = (context.Response.Headers, context.Request.Path);
        var isData = Array.Exists(Data, root => path.StartsWithSegments(root));
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = isData && isShared ? "cross-origin" : "same-origin";
        headers.ContentSecurityPolicy = isData ? DataPolicy : DocsPages.PolicyOf(context) ?? PagePolicy;
        if (!isData)
        {
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Permissions-Policy"] = Permissions;
        }

        if (context.Request.IsHttps) headers.StrictTransportSecurity = OneYear;
        if (context.Features.Get<Caller>()?.Standing is { } standing) headers[RequestLimits.Header] = standing;
    }
}
