using System.Net;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Server.Settings;

namespace TsMapSurvey.Server.Hosting;

/// <summary>
/// For which names requests are taken. A page elsewhere whose name is made to lead to this machine (DNS rebinding) is of one origin with
/// this server for the browser, which then lets its scripts read and write; the name that it asked for gives it away. An IP address needs
/// no name, and so no list.
/// </summary>
internal static class KnownHosts
{
    /// <summary>Of a list: everybody.</summary>
    public const string Any = "*";

    public static void UseKnownHosts(this WebApplication app)
    {
        var allowed = app.Services.GetRequiredService<ServerSettings>().AllowedHosts;
        app.Use((context, next) => IsKnown(context.Request.Host.Host, allowed) || HealthListener.IsHealth(context.Request.Path)
            ? next(context) : throw RequestErrors.ForeignHost(context.Request.Host.Host));
    }

    /// <param name="host">Without its port; empty where a client of HTTP/1.0 names none.</param>
    public static bool IsKnown(string host, IReadOnlyList<string> allowed) =>
        host.Length == 0 || host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(host.Trim('[', ']'), out _)
        || allowed.Contains(Any) || allowed.Contains(host.TrimEnd('.'), StringComparer.OrdinalIgnoreCase);
}
