using System.Net;
using TsMapSurvey.Server.Access;

namespace TsMapSurvey.Server.Settings;

/// <summary>Checks the settings of keys, hosts and origins. Messages never contain a key.</summary>
internal static class AccessProblems
{
    public const int MinKeyLength = 16;
    public const int MaxKeyLength = 200;
    private const int MaxRoleLength = 100;

    public static IEnumerable<string> OfKeys(ServerSettings settings)
    {
        foreach (var problem in OfKeys("Keys:Write", settings.WriteKeys)) yield return problem;
        if (IsOpenToOthers(settings) && !settings.OpenWrites)
            yield return $"Keys:Write: found no key, but other machines can reach {string.Join(", ", Reachable(settings))}; "
                + "expected a key (TSMAP_Keys__Write=$(openssl rand -hex 32)), or --open-writes to let everyone there change and delete "
                + "surveys";
    }

    public static IEnumerable<string> OfReadKeys(ServerSettings settings)
    {
        foreach (var problem in OfKeys("Keys:Read", settings.ReadKeys)) yield return problem;
        if (settings.OpenReads && settings.ReadKeys.Count > 0)
            yield return "Keys:Read: found keys although everyone may read; expected none, or Keys:OpenReads=false";
        if (!settings.OpenReads && settings.ReadKeys.Count + settings.WriteKeys.Count == 0 && settings.TokenAuthority is null)
            yield return "Keys:OpenReads: found false, but nobody could read; expected keys in Keys:Read or Keys:Write, or "
                + "Tokens:Authority";
        if (settings.ReadKeys.Concat(settings.OperateKeys).Intersect(settings.WriteKeys).Any())
            yield return "Keys:Write: found a key that Keys:Read or Keys:Operate has too; expected different ones";
    }

    public static IEnumerable<string> OfOperateKeys(ServerSettings settings) => OfKeys("Keys:Operate", settings.OperateKeys);

    public static IEnumerable<string> OfTokens(ServerSettings settings)
    {
        if (settings.TokenAuthority is not null && settings.TokenAudiences.Count == 0)
            yield return "Tokens:Audiences: found none, expected the id of the application that is registered for this server";
        if (settings.TokenAuthority is null && settings.TokenAudiences.Count > 0)
            yield return "Tokens:Authority: found nothing beside Tokens:Audiences, expected the issuer's address";
        string[] roles = [settings.TokenReadRole, settings.TokenWriteRole, settings.TokenOperateRole];
        if (roles.Distinct(StringComparer.Ordinal).Count() < roles.Length)
            yield return $"Tokens:WriteRole: found {string.Join(", ", roles)} for reading, writing and operating, expected three names";
    }

    /// <summary>An issuer of one tenant: tokens of any tenant have the same audience.</summary>
    public static bool IsAuthority(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0 && uri.Query.Length == 0 && uri.Fragment.Length == 0
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp && IsLoopback(text))
        && !uri.Segments.Any(segment => segment.Trim('/') is "common" or "organizations" or "consumers");

    public static bool IsAudience(string text) => text.Length is > 0 and <= MaxKeyLength && IsPrintable(text);

    public static bool IsRole(string text) => text.Length is > 0 and <= MaxRoleLength && IsPrintable(text);

    public static bool IsProxy(string text) => KnownProxies.Parse(text) is { PrefixLength: > 0 };

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
    public static bool IsOpenToOthers(ServerSettings settings) =>
        settings.WriteKeys.Count == 0 && settings.TokenAuthority is null && Reachable(settings).Any();

    private static IEnumerable<string> Reachable(ServerSettings settings) =>
        settings.Urls.Where(url => SettingsProblems.IsUrl(url) && !IsLoopback(url));

    private static IEnumerable<string> OfKeys(string setting, IReadOnlyList<string> keys) =>
        from entry in keys.Index()
        where entry.Item.Length is < MinKeyLength or > MaxKeyLength || !IsPrintable(entry.Item)
        select $"{setting}:{entry.Index}: found {entry.Item.Length} characters, expected {MinKeyLength} to {MaxKeyLength} printable ASCII "
            + "characters without spaces and semicolons, for example from openssl rand -hex 32";

    private static bool IsPrintable(string text) => text.All(character => character is > ' ' and <= '~' and not ';');

    private static int PortOf(string url) => new Uri(url).Port;

    private static bool IsLoopback(string url) =>
        new Uri(url).Host is var host && (host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
