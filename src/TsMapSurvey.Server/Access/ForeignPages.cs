using TsMapSurvey.Server.Settings;

namespace TsMapSurvey.Server.Access;

/// <summary>CORS: scripts of other sites' pages may read if the settings list their origin, and may never write.</summary>
internal static class ForeignPages
{
    private static readonly string[] Exposed =
    [
        "ETag", "Link", "Retry-After", "Content-Disposition", "Tsmap-Revision", "Tsmap-Computed-At", "Tsmap-Stale", "Tsmap-Slice",
        "Tsmap-Window-Start", "Tsmap-Window-End", "Tsmap-Missing-Tiles", "RateLimit",
    ];

    /// <summary>A script must know the key or token itself: a browser sends none along, since credentials are not allowed.</summary>
    private static readonly string[] Sent = ["Last-Event-ID", "If-None-Match", "Authorization", WebhookKey.Header];

    public static void AddServices(IServiceCollection services, ServerSettings settings) =>
        services.AddCors(cors => cors.AddDefaultPolicy(policy =>
            policy.WithOrigins([.. settings.CorsOrigins]).WithMethods("GET", "HEAD").WithHeaders(Sent).WithExposedHeaders(Exposed)));

    public static void UseForeignPages(this WebApplication app)
    {
        if (app.Services.GetRequiredService<ServerSettings>().CorsOrigins.Count > 0) app.UseCors();
    }
}
