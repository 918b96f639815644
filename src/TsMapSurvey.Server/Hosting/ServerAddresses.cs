using System.Net;
using TsMapSurvey.Server.Settings;

namespace TsMapSurvey.Server.Hosting;

internal static class ServerAddresses
{
    /// <summary>
    /// The addresses to listen on: the given ones, or the default address, with a free port if its port is in use; and the address for
    /// health checks, if there is one.
    /// </summary>
    /// <exception cref="SettingsException">A given port is in use.</exception>
    public static IReadOnlyList<string> Of(ServerSettings settings)
    {
        string[] health = settings.HealthUrl is { } url ? [url] : [];
        string[] taken = [.. settings.Urls.Where(IsTaken).Select(url => SettingsProblems.Taken("Urls", url)), .. health.Where(IsTaken)
            .Select(url => SettingsProblems.Taken("Health:Url", url))];
        return taken.Length == 0 ? [.. PublicOf(settings), .. health] : throw new SettingsException(taken);
    }

    private static IReadOnlyList<string> PublicOf(ServerSettings settings)
    {
        if (settings.Urls.Count > 0) return settings.Urls;
        var address = new Uri(ServerSettings.DefaultUrl);
        return FreePorts.IsFree(IPAddress.Parse(address.Host), address.Port) ? [ServerSettings.DefaultUrl] : [$"http://{address.Host}:0"];
    }

    /// <summary>
    /// Whether the port is in use, as far as this can be tested for an IP address; host names and wildcards fail when the server starts.
    /// </summary>
    private static bool IsTaken(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && uri.Port > 0
            && !FreePorts.IsFree(address, uri.Port);
}
