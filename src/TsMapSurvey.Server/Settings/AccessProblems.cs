using System.Net;
using TsMapSurvey.Server.Hosting;

namespace TsMapSurvey.Server.Settings;

/// <summary>Checks the settings of keys, hosts and origins. Messages never contain a key.</summary>
internal static class AccessProblems
{
    public const int MinKeyLength = 16;
    public const int MaxKeyLength = 200;

    public static IEnumerable<string> OfKeys(ServerSettings settings)
    {
        foreach (var (place, key) in settings.WriteKeys.Index())
            if (key.Length is < MinKeyLength or > MaxKeyLength || !key.All(character => character is > ' ' and <= '~' and not ';'))
                yield return $"Keys:Write:{place}: found {key.Length} characters, expected {MinKeyLength} to {MaxKeyLength} printable "
                    + "ASCII characters without spaces and semicolons, for example from openssl rand -hex 32";
        if (IsOpenToOthers(settings) && !settings.OpenWrites)
            yield return $"Keys:Write: found no key, but other machines can reach {string.Join(", ", Reachable(settings))}; "
                + "expected a key (TSMAP_Keys__Write=$(openssl rand -hex 32)), or --open-writes to let everyone there change and delete "
                + "surveys";
    }

    /// <summary>A host name without port, or *.</summary>
    public static bool IsHost(string host) => host == KnownHosts.Any || Uri.CheckHostName(host) != UriHostNameType.Unknown;

    public static bool IsOrigin(string text) => text == KnownHosts.Any
        || Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri.GetLeftPart(UriPartial.Authority) == text;

    public static bool HasPort(string url) => SettingsProblems.IsUrl(url) && PortOf(url) != 0;

    public static IEnumerable<string> OfHealth(ServerSettings settings)
    {
        if (settings.HealthUrl is { } health && HasPort(health)
            && settings.Urls.Any(url => SettingsProblems.IsUrl(url) && PortOf(url) == PortOf(health)))
            yield return SettingsProblems.Wrong("Health:Url", health, "another port than those of Urls");
    }

    /// <summary>Whether other machines can change this server's data without a key.</summary>
    public static bool IsOpenToOthers(ServerSettings settings) => settings.WriteKeys.Count == 0 && Reachable(settings).Any();

    private static IEnumerable<string> Reachable(ServerSettings settings) =>
        settings.Urls.Where(url => SettingsProblems.IsUrl(url) && !IsLoopback(url));

    private static int PortOf(string url) => new Uri(url).Port;

    private static bool IsLoopback(string url) =>
        new Uri(url).Host is var host && (host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
