using Microsoft.Net.Http.Headers;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Server.Hosting;

namespace TsMapSurvey.Server.Access;

/// <summary>
/// Requires a permission for every request: Operate for /metrics and /ops, Write for every method except GET, HEAD and OPTIONS, otherwise
/// Read. New endpoints are protected by default. Only /health is open to everyone.
/// </summary>
internal static class AccessCheck
{
    public const string Metrics = "/metrics";
    public const string Operations = "/ops";
    private const string Realm = "realm=\"TsMapSurvey\"";

    public static void AddServices(IServiceCollection services)
    {
        services.AddSingleton<AccessKeys>();
        services.AddSingleton<TokenCheck>();
        services.AddSingleton<Callers>();
        services.AddSingleton<WebhookKey>();
    }

    /// <summary>Finds out who sent the request, for the limits of clients and for <see cref="UseAccess"/>.</summary>
    public static void UseCallers(this WebApplication app)
    {
        var callers = app.Services.GetRequiredService<Callers>();
        app.Use(async (context, next) =>
        {
            context.Features.Set(await callers.OfAsync(context));
            await next(context);
        });
    }

    public static void UseAccess(this WebApplication app)
    {
        var tokens = app.Services.GetRequiredService<TokenCheck>();
        var isClosed = app.Services.GetRequiredService<AccessKeys>().ReadsAreClosed;
        app.Use((context, next) =>
        {
            var needed = Needed(context);
            if (needed == Permissions.None) return next(context);
            var caller = Caller.Of(context);
            var isMissing = !caller.May(needed);
            if (caller.Refusal is { } refusal && (isMissing || refusal.Status == StatusCodes.Status401Unauthorized)) throw refusal;
            if (isMissing) throw caller.IsKnown ? RequestErrors.NotPermitted(needed) : RequestErrors.NoKey(needed, tokens.AreUsed);
            if (isClosed) context.Response.OnStarting(KeepFromSharedCaches, context);
            return next(context);
        });
    }

    public static bool IsReading(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    /// <summary>What an answer with status 401 says about how to authenticate (RFC 9110, 11.6.1).</summary>
    public static string[] Challenges(HttpContext context)
    {
        var services = context.RequestServices;
        var tokens = services.GetRequiredService<TokenCheck>().AreUsed;
        string[] ways = [$"{WebhookKey.Header} {Realm}", .. tokens ? [$"Bearer {Realm}"] : Array.Empty<string>()];
        // Basic makes a browser ask its user, who can then read; so it is offered only where reading needs a key.
        return IsReading(context.Request.Method) && services.GetRequiredService<AccessKeys>().ReadsAreClosed
            ? [$"Basic {Realm}, charset=\"UTF-8\"", .. ways] : ways;
    }

    internal static Permissions Needed(HttpContext context)
    {
        var path = context.Request.Path;
        if (HealthListener.IsHealth(path)) return Permissions.None;
        if (path.StartsWithSegments(Metrics) || path.StartsWithSegments(Operations)) return Permissions.Operate;
        var metadata = context.GetEndpoint()?.Metadata;
        if (metadata?.GetMetadata<OwnKeyCheck>() is not null) return Permissions.None;
        return IsReading(context.Request.Method) || metadata?.GetMetadata<OnlyReads>() is not null ? Permissions.Read : Permissions.Write;
    }

    /// <summary>Without this, a proxy could give an answer to a request with a key to one without (RFC 9111, 3.5).</summary>
    private static Task KeepFromSharedCaches(object state)
    {
        var headers = ((HttpContext)state).Response.Headers;
        if (headers.CacheControl.Count == 0 || !CacheControlHeaderValue.TryParse(headers.CacheControl.ToString(), out var control))
            control = new CacheControlHeaderValue { NoCache = true };
        (control.Public, control.Private, control.SharedMaxAge) = (false, !control.NoStore, null);
        headers.CacheControl = control.ToString();
        return Task.CompletedTask;
    }
}
