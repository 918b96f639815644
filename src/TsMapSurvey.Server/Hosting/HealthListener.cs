using TsMapSurvey.Server.Failures;
using TsMapSurvey.Server.Settings;

namespace TsMapSurvey.Server.Hosting;

/// <summary>
/// A separate address for health checks. Its connections are counted separately, so it answers when the public address is at its limit.
/// </summary>
internal static class HealthListener
{
    private const string Path = "/health";

    public static bool IsHealth(PathString path) => path.StartsWithSegments(Path);

    public static void UseHealthListener(this WebApplication app)
    {
        if (app.Services.GetRequiredService<ServerSettings>().HealthUrl is not { } url) return;
        var port = new Uri(url).Port;
        app.Use((context, next) =>
            context.Connection.LocalPort != port || IsHealth(context.Request.Path) ? next(context) : throw RequestErrors.OnlyHealth());
    }
}
