using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace TsMapSurvey.Testing;

/// <summary>
/// An issuer of tokens as Entra ID is one: it publishes its metadata and the public half of its key on a port of this machine, and signs
/// tokens, also ones that nobody should accept.
/// </summary>
public sealed class TokenIssuer : IDisposable
{
    public const string Audience = "11111111-2222-3333-4444-555555555555";
    private const string KeyId = "key-1";

    private readonly HttpListener _listener = new();
    private readonly RSA _key = RSA.Create(2048);
    private readonly RSA _otherKey = RSA.Create(2048);
    private int _asked;

    public TokenIssuer()
    {
        Authority = $"http://127.0.0.1:{WatchedServer.FreePort()}/tenant/v2.0";
        _listener.Prefixes.Add($"{Authority}/");
        _listener.Start();
        _ = ServeAsync();
    }

    /// <summary>The value of the server's setting, and of "iss".</summary>
    public string Authority { get; }

    /// <summary>How often its metadata or keys were read.</summary>
    public int Asked => Volatile.Read(ref _asked);

    /// <summary>The claims of a good token, valid for ten minutes.</summary>
    public JsonObject Claims(params string[] roles) => new()
    {
        ["iss"] = Authority,
        ["aud"] = Audience,
        ["sub"] = "subject-1",
        ["nbf"] = Now(TimeSpan.FromMinutes(-10)),
        ["exp"] = Now(TimeSpan.FromMinutes(10)),
        ["roles"] = new JsonArray([.. roles.Select(role => (JsonNode)role)]),
    };

    public string Token(params string[] roles) => Sign(Claims(roles));

    /// <summary>A token with one claim changed; null removes it.</summary>
    public string TokenWith(string role, string claim, JsonNode? value)
    {
        var claims = Claims(role);
        if (value is null) claims.Remove(claim);
        else claims[claim] = value;
        return Sign(claims);
    }

    /// <param name="more">Further fields of the header.</param>
    public string Sign(JsonObject claims, string keyId = KeyId, bool isOtherKey = false, JsonObject? more = null)
    {
        var text = $"{Header("RS256", keyId, more)}.{Encode(claims.ToJsonString())}";
        var key = isOtherKey ? _otherKey : _key;
        return $"{text}.{Encode(key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    /// <summary>A token that says it needs no signature.</summary>
    public string Unsigned(JsonObject claims, string algorithm = "none") =>
        $"{Header(algorithm, KeyId)}.{Encode(claims.ToJsonString())}.";

    /// <summary>A token signed with the public key as the secret of a MAC, which a server that trusts "alg" would accept.</summary>
    public string SignedWithPublicKey(JsonObject claims)
    {
        var text = $"{Header("HS256", KeyId)}.{Encode(claims.ToJsonString())}";
        var secret = Encoding.ASCII.GetBytes(_key.ExportSubjectPublicKeyInfoPem());
        return $"{text}.{Encode(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(text)))}";
    }

    /// <summary>A good token whose claims were exchanged afterwards.</summary>
    public string Tampered(string role, JsonObject claims)
    {
        var parts = Token(role).Split('.');
        return $"{parts[0]}.{Encode(claims.ToJsonString())}.{parts[2]}";
    }

    /// <summary>Seconds since 1970.</summary>
    public static long Now(TimeSpan later) => (DateTimeOffset.UtcNow + later).ToUnixTimeSeconds();

    public void Dispose()
    {
        _listener.Close();
        _key.Dispose();
        _otherKey.Dispose();
    }

    /// <summary>The key with which nobody may sign, as a token may contain it.</summary>
    public JsonObject OtherKey => PublicKey(_otherKey, "key-2");

    private static string Header(string algorithm, string keyId, JsonObject? more = null)
    {
        var header = new JsonObject { ["alg"] = algorithm, ["typ"] = "JWT", ["kid"] = keyId };
        foreach (var (name, value) in more ?? []) header[name] = value?.DeepClone();
        return Encode(header.ToJsonString());
    }

    private static string Encode(string text) => Encode(Encoding.UTF8.GetBytes(text));

    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                Interlocked.Increment(ref _asked);
                var body = context.Request.Url!.AbsolutePath.EndsWith("/keys", StringComparison.Ordinal) ? Keys() : Metadata();
                context.Response.ContentType = "application/json";
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body.ToJsonString()));
                context.Response.Close();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private JsonObject Metadata() => new()
    {
        ["issuer"] = Authority,
        ["jwks_uri"] = $"{Authority}/keys",
        ["authorization_endpoint"] = $"{Authority}/authorize",
        ["token_endpoint"] = $"{Authority}/token",
        ["response_types_supported"] = new JsonArray("id_token"),
        ["subject_types_supported"] = new JsonArray("pairwise"),
        ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
    };

    private JsonObject Keys() => new() { ["keys"] = new JsonArray(PublicKey(_key, KeyId)) };

    private static JsonObject PublicKey(RSA key, string id)
    {
        var parts = key.ExportParameters(false);
        return new JsonObject
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["kid"] = id,
            ["n"] = Encode(parts.Modulus!),
            ["e"] = Encode(parts.Exponent!),
        };
    }
}
