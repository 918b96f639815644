using System.Net;

namespace TsMapSurvey.Server;

internal static class ServerAddresses
{
    /// <summary>Where to listen: as given, else the default address, on another port where its own is taken.</summary>
    public static IReadOnlyList<string> Of(ServerSettings settings)
    {
        if (settings.Urls.Count > 0) return settings.Urls;
        var address = new Uri(ServerSettings.DefaultUrl);
        return FreePorts.IsFree(IPAddress.Parse(address.Host), address.Port) ? [ServerSettings.DefaultUrl] : [$"http://{address.Host}:0"];
    }
}
