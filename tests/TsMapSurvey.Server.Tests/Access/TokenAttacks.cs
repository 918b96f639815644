using System.Text.Json.Nodes;
using static TsMapSurvey.Server.Tests.Access.AccessAttack;

namespace TsMapSurvey.Server.Tests.Access;

/// <summary>Tokens that are nearly right.</summary>
internal static class TokenAttacks
{
    private const string Reader = AccessServer.Reader;
    private const string Writer = AccessServer.Writer;
    private const string Operator = AccessServer.Operator;

    public static AccessAttack[] Rows { get; } =
    [
        WithToken("a token that has expired", issuer => issuer.TokenWith(Reader, "exp", In(-5)), 401, "has expired"),
        WithToken("a token that never expires", issuer => issuer.TokenWith(Reader, "exp", null), 401, "never expires"),
        WithToken("a token that expires before it begins", issuer => issuer.TokenWith(Reader, "nbf", In(20)), 401, "times"),
        WithToken("a token of tomorrow", issuer => Changed(issuer, ("nbf", In(1440)), ("exp", In(1450))), 401, "not valid yet"),
        WithToken("a token for another application", issuer => issuer.TokenWith(Reader, "aud", "another"), 401, "another audience"),
        WithToken("a token for several other applications",
            issuer => issuer.TokenWith(Reader, "aud", new JsonArray("a", "b")), 401, "another audience"),
        WithToken("a token for no application", issuer => issuer.TokenWith(Reader, "aud", null), 401, "another audience"),
        WithToken("a token of another issuer",
            issuer => issuer.TokenWith(Reader, "iss", "https://login.example.org/v2.0"), 401, "another issuer"),
        WithToken("a token of another tenant",
            issuer => issuer.TokenWith(Reader, "iss", issuer.Authority.Replace("tenant", "tenant2", StringComparison.Ordinal)), 401,
            "another issuer"),
        WithToken("a token of no issuer", issuer => issuer.TokenWith(Reader, "iss", null), 401, "another issuer"),
        WithToken("a token without a signature", issuer => issuer.Unsigned(issuer.Claims(Writer)), 401, "token: "),
        WithToken("a token without a signature, spelled otherwise",
            issuer => issuer.Unsigned(issuer.Claims(Writer), "nOnE"), 401, "token: "),
        WithToken("a token with an empty signature", issuer => issuer.Unsigned(issuer.Claims(Writer), "RS256"), 401, "token: "),
        WithToken("a token whose secret is the public key",
            issuer => issuer.SignedWithPublicKey(issuer.Claims(Writer)), 401, "token: "),
        WithToken("a token signed with another key under the name of the right one",
            issuer => issuer.Sign(issuer.Claims(Writer), isOtherKey: true), 401, "signature"),
        WithToken("a token signed with a key that the issuer does not have",
            issuer => issuer.Sign(issuer.Claims(Writer), "key-2", isOtherKey: true), 401, "not signed with a key of the issuer"),
        WithToken("a token that brings its key",
            issuer => issuer.Sign(issuer.Claims(Writer), "key-2", true, new JsonObject { ["jwk"] = issuer.OtherKey }), 401, "token: "),
        WithToken("a token that says where its key is",
            issuer => issuer.Sign(
                issuer.Claims(Writer), "key-2", true, new JsonObject { ["jku"] = $"{issuer.Authority}/other", ["x5u"] = issuer.Authority }),
            401, "token: "),
        WithToken("a token whose claims were exchanged", issuer => issuer.Tampered(Reader, issuer.Claims(Writer)), 401, "signature"),
        WithToken("a token whose signature was cut", issuer => issuer.Token(Writer)[..^8], 401, "signature"),
        WithToken("a token of two parts", issuer => string.Join('.', issuer.Token(Writer).Split('.')[..2]), 401, "token: "),
        WithToken("a token of five parts, as an encrypted one", issuer => $"{issuer.Token(Writer)}.x.y", 401, "token: "),
        WithToken("a token of dots", _ => "..", 401, "token: "),
        WithToken("a token of 20 kB", _ => $"{new string('a', 10_000)}.{new string('b', 10_000)}.c", 401, "token: "),
        WithToken("a token that is a key", _ => AccessServer.ReadKey, 401, "token: "),
        WithToken("a token without a role", issuer => issuer.Token(), 403, "not permit"),
        WithToken("a token with a role of another name", issuer => issuer.Token("Survey.ReadAll", "Reader"), 403, "not permit"),
        WithToken("a token with a role in other letters", issuer => issuer.Token(Reader.ToUpperInvariant()), 403, "not permit"),
        WithToken("a token whose scope only begins like the role",
            issuer => Changed(issuer, ("roles", null), ("scp", $"{Reader}.Own {Reader}x")), 403, "not permit"),
        WithToken("a token with its role under another claim",
            issuer => Changed(issuer, ("roles", null), ("role", Reader), ("wids", Reader)), 403, "not permit"),
        WithToken("a reader's token that writes", issuer => issuer.Token(Reader), 403, "not permit to write", "POST", Writing),
        WithToken("a reader's token that deletes", issuer => issuer.Token(Reader), 403, "not permit to write", "DELETE", Reading),
        WithToken(
            "a reader's token for the operators' pages", issuer => issuer.Token(Reader), 403, "not permit to operate", "GET", Metrics),
        WithToken("an operator's token that reads", issuer => issuer.Token(Operator), 403, "not permit to read"),
        WithToken("an operator's token that writes", issuer => issuer.Token(Operator), 403, "not permit to write", "POST", Writing),
        WithToken("an expired token of a writer", issuer => issuer.TokenWith(Writer, "exp", In(-5)), 401, "has expired", "POST", Writing),
        new("a token in the address", "GET", Reading + "?access_token=x", _ => [], 401, "key: "),
        new("a token in the header of keys", "GET", Reading, server => [("Tsmap-Key", server.Issuer.Token(Writer))], 401, "key: "),
        new("a token in a cookie", "GET", Reading, server => [("Cookie", $"access_token={server.Issuer.Token(Writer)}")], 401, "key: "),
        new("two tokens", "GET", Reading,
            server => [("Authorization", $"Bearer {server.Issuer.Token(Reader)}"), ("Authorization", "Bearer x")], 401, ""),
    ];

    private static string Changed(TokenIssuer issuer, params (string Claim, JsonNode? Value)[] changes)
    {
        var claims = issuer.Claims(Reader);
        foreach (var (claim, value) in changes)
        {
            claims.Remove(claim);
            if (value is not null) claims[claim] = value;
        }

        return issuer.Sign(claims);
    }

    private static long In(double minutes) => TokenIssuer.Now(TimeSpan.FromMinutes(minutes));
}
