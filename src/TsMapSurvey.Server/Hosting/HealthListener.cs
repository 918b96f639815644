using TsMapSurvey.Server.Failures;
using TsMapSurvey.Server.Settings;

namespace TsMapSurvey.Server.Hosting;

/// <summary>
/// An address of its own for those who look after the server: its connections are counted apart from those of the public one, so that it
/// answers when that one is full.
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
