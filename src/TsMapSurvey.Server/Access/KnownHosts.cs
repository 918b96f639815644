using System.Net;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Server.Hosting;
using TsMapSurvey.Server.Settings;

namespace TsMapSurvey.Server.Access;

/// <summary>
/// Checks the host name of requests against DNS rebinding: a foreign page whose name resolves to this machine has the same origin as this
/// server for the browser, so its scripts could read and write; but its requests have the foreign host name. An IP address needs no list,
/// since no DNS name is involved.
/// </summary>
internal static class KnownHosts
{
    public const string Any = "*";

    public static void UseKnownHosts(this WebApplication app)
    {
        var allowed = app.Services.GetRequiredService<ServerSettings>().AllowedHosts;
        app.Use((context, next) => IsKnown(context.Request.Host.Host, allowed) || HealthListener.IsHealth(context.Request.Path)
            ? next(context) : throw RequestErrors.ForeignHost(context.Request.Host.Host));
    }

    /// <param name="host">Without the port; empty if an HTTP/1.0 client sends none.</param>
    public static bool IsKnown(string host, IReadOnlyList<string> allowed) =>
        host.Length == 0 || host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(host.Trim('[', ']'), out _)
        || allowed.Contains(Any) || allowed.Contains(host.TrimEnd('.'), StringComparer.OrdinalIgnoreCase);
}
