using System.Buffers.Text;
using System.Net;
using System.Text;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Server.Hosting;

namespace TsMapSurvey.Server.Access;

/// <summary>
/// Reads who sent a request: from the header <see cref="WebhookKey.Header"/>, from a bearer token, or from the password of HTTP Basic,
/// which browsers and clients of the Virtual Observatory ask for. A browser adds the latter by itself to the requests of any
/// page, so it never permits writing.
/// </summary>
internal sealed class Callers(AccessKeys keys, TokenCheck tokens)
{
    private const string Bearer = "Bearer ";
    private const string Basic = "Basic ";

    public async ValueTask<Caller> OfAsync(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        if (HealthListener.IsHealth(context.Request.Path)) return Anonymous(address);
        if (context.Request.Headers[WebhookKey.Header] is [{ Length: > 0 } key]) return OfKey(key, address, Permissions.All);
        if (context.Request.Headers.Authorization is not [{ Length: > 0 } authorization]) return Anonymous(address);
        if (authorization.StartsWith(Basic, StringComparison.OrdinalIgnoreCase))
            return OfKey(PasswordOf(authorization.AsSpan(Basic.Length)), address, Permissions.Read | Permissions.Operate);
        if (!tokens.AreUsed || !authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return Anonymous(address);
        try
        {
            var holder = await tokens.ReadAsync(authorization[Bearer.Length..].Trim(), context.RequestAborted);
            var client = holder.Subject is { Length: > 0 } subject ? ClientId.OfSubject(subject) : ClientId.OfAddress(address);
            return new Caller(client, keys.Anonymous | holder.Permissions, true, Caller.IsLocal(address));
        }
        catch (RequestException exception)
        {
            return Anonymous(address) with { Refusal = exception };
        }
    }

    private Caller OfKey(string key, IPAddress? address, Permissions most)
    {
        var digest = KeySet.Digest(key);
        var found = keys.Of(digest) & most;
        return found == Permissions.None ? Anonymous(address)
            : new Caller(ClientId.OfKey(digest), keys.Anonymous | found, true, Caller.IsLocal(address));
    }

    private Caller Anonymous(IPAddress? address) => new(ClientId.OfAddress(address), keys.Anonymous, false, Caller.IsLocal(address));

    /// <summary>What follows the first colon of the decoded credentials (RFC 7617); empty if they are invalid.</summary>
    private static string PasswordOf(ReadOnlySpan<char> credentials)
    {
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(credentials.Length)];
        if (!Convert.TryFromBase64Chars(credentials.Trim(), bytes, out var length)) return "";
        var text = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? "" : text[(colon + 1)..];
    }
}
