using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using TsMapSurvey.Server.Settings;
using IPNetwork = System.Net.IPNetwork;

namespace TsMapSurvey.Server.Access;

/// <summary>
/// Takes the client's address and scheme from the headers X-Forwarded-For and X-Forwarded-Proto of the proxies in the settings, and of
/// nobody else: otherwise a client could choose its address.
/// </summary>
internal static class KnownProxies
{
    public static void UseKnownProxies(this WebApplication app)
    {
        var known = app.Services.GetRequiredService<ServerSettings>().KnownProxies;
        if (known.Count == 0) return;
        // Without a limit of entries: the headers are read from the end, as long as each sender is a known proxy.
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in known) options.KnownIPNetworks.Add(Parse(proxy)!.Value);
        app.UseForwardedHeaders(options);
    }

    /// <summary>An address, or a network such as 10.0.0.0/8; null if the text is neither.</summary>
    public static IPNetwork? Parse(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8) : null;
}
