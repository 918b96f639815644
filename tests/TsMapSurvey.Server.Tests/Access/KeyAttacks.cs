using System.Text;
using static TsMapSurvey.Server.Tests.Access.AccessAttack;

namespace TsMapSurvey.Server.Tests.Access;

/// <summary>Requests without a key, with a wrong one, and with one for something else.</summary>
internal static class KeyAttacks
{
    private const string ReadKey = AccessServer.ReadKey;
    private const string WriteKey = AccessServer.WriteKey;
    private const string OperateKey = AccessServer.OperateKey;

    public static AccessAttack[] Rows { get; } =
    [
        WithKey("reading without a key", "GET", Reading, null, 401, "Keys:Read"),
        WithKey("reading with an empty key", "GET", Reading, "", 401, "Keys:Read"),
        WithKey("reading with half of a key", "GET", Reading, ReadKey[..^1], 401, "Keys:Read"),
        WithKey("reading with a key and more", "GET", Reading, ReadKey + "0", 401, "Keys:Read"),
        WithKey("reading with a key in other letters", "GET", Reading, ReadKey.ToUpperInvariant(), 401, "Keys:Read"),
        WithKey("reading with two keys in one", "GET", Reading, $"{ReadKey},{WriteKey}", 401, "Keys:Read"),
        WithKey("reading with a key of 8 kB", "GET", Reading, new string('k', 8000), 401, "Keys:Read"),
        WithKey("HEAD without a key", "HEAD", Reading, null, 401, ""),
        WithKey("OPTIONS without a key", "OPTIONS", Reading, null, 401, "Keys:Read"),
        WithKey("the start page without a key", "GET", "/", null, 401, "Keys:Read"),
        WithKey("a page's script without a key", "GET", "/page/main.js", null, 401, "Keys:Read"),
        WithKey("the description of the API without a key", "GET", "/openapi/v1.json", null, 401, "Keys:Read"),
        WithKey("the viewer of the API without a key", "GET", "/docs/", null, 401, "Keys:Read"),
        WithKey("the list of surveys without a key", "GET", "/api/surveys", null, 401, "Keys:Read"),
        WithKey("events without a key", "GET", Reading + "/events", null, 401, "Keys:Read"),
        WithKey("a survey that is not there, without a key", "GET", "/api/surveys/nix", null, 401, "Keys:Read"),
        WithKey("an address that is not there, without a key", "GET", "/nix", null, 401, "Keys:Read"),
        new("a key in the address", "GET", $"{Reading}?key={ReadKey}", _ => [], 401, "Keys:Read"),
        new("a key as a bearer token", "GET", Reading, _ => [("Authorization", $"Bearer {ReadKey}")], 401, "token: "),
        new("a key in a cookie", "GET", Reading, _ => [("Cookie", $"Tsmap-Key={ReadKey}")], 401, "Keys:Read"),
        new("an authorization of no known kind", "GET", Reading, _ => [("Authorization", $"Digest {ReadKey}")], 401, "Keys:Read"),
        WithPassword("a wrong password", "GET", Reading, Encoded("user:wrong"), 401, "Keys:Read"),
        WithPassword("a key as the user's name", "GET", Reading, Encoded($"{ReadKey}:"), 401, "Keys:Read"),
        WithPassword("a key without a user", "GET", Reading, Encoded(ReadKey), 401, "Keys:Read"),
        WithPassword("a password that is not base64", "GET", Reading, "%%%", 401, "Keys:Read"),
        WithPassword("a password that writes", "POST", Writing, Encoded($"user:{WriteKey}"), 403, "not permit to write"),
        WithPassword("a password that deletes", "DELETE", Reading, Encoded($"user:{WriteKey}"), 403, "not permit to write"),
        WithKey("writing without a key", "POST", Writing, null, 401, "Keys:Write"),
        WithKey("writing with a reader's key", "POST", Writing, ReadKey, 403, "not permit to write"),
        WithKey("deleting with a reader's key", "DELETE", Reading, ReadKey, 403, "not permit to write"),
        WithKey("a job with a reader's key", "POST", "/api/compute", ReadKey, 403, "not permit to write"),
        WithKey("writing with an operator's key", "POST", Writing, OperateKey, 403, "not permit to write"),
        WithKey("reading with an operator's key", "GET", Reading, OperateKey, 403, "not permit to read"),
        WithKey("metrics without a key", "GET", Metrics, null, 401, "Keys:Operate"),
        WithKey("metrics with a reader's key", "GET", Metrics, ReadKey, 403, "not permit to operate"),
        WithKey("metrics in other letters", "GET", "/Metrics/", ReadKey, 403, "not permit to operate"),
        WithKey("the operators' pages without a key", "GET", Operations, null, 401, "Keys:Operate"),
        WithKey("the operators' pages with a reader's key", "POST", Operations, ReadKey, 403, "not permit to operate"),
        WithKey("events of new blobs with a reader's key", "POST", Reading + "/observations:notify", ReadKey, 401, "Keys:Write"),
        WithKey("a method that is not there, with a reader's key", "PATCH", Reading, ReadKey, 403, "not permit to write"),
        new("a method in a header", "POST", Writing, _ => [("X-HTTP-Method-Override", "GET"), ("Tsmap-Key", ReadKey)], 403, "not permit"),
        new("a page of another site that writes", "POST", Writing,
            _ => [("Tsmap-Key", WriteKey), ("Origin", AccessServer.Origin)], 403, "origin: "),
        new("a page that calls itself secure, behind no proxy", "POST", Writing,
            _ => [("Tsmap-Key", WriteKey), ("Origin", "https://127.0.0.1"), ("X-Forwarded-Proto", "https")], 403, "origin: "),
        new("a host in a header of proxies", "GET", Reading,
            _ => [("Host", "evil.example"), ("X-Forwarded-Host", "127.0.0.1"), ("Tsmap-Key", ReadKey)], 400, "host: "),
        new("a compressed body", "POST", "/api/surveys", _ => [("Tsmap-Key", WriteKey), ("Content-Encoding", "gzip")], 415, "Encoding"),
    ];

    private static string Encoded(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
