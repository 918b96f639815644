using System.Net;
using TsMapSurvey.Server.Settings;

namespace TsMapSurvey.Server.Hosting;

internal static class ServerAddresses
{
    /// <summary>
    /// Where to listen: as given, else the default address, on another port where its own is taken; and the address for health, where
    /// there is one.
    /// </summary>
    /// <exception cref="SettingsException">A port that was given is taken.</exception>
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

    /// <summary>As far as a look at an address of this machine tells; names and wildcards are left to the start itself.</summary>
    private static bool IsTaken(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && uri.Port > 0
            && !FreePorts.IsFree(address, uri.Port);
}
