using TsMapSurvey.Server.Access;

namespace TsMapSurvey.Server.Tests.Access;

/// <summary>A request of somebody who may not do what is asked, and the refusal that it deserves.</summary>
/// <param name="Says">What the refusal's detail contains.</param>
internal sealed record AccessAttack(
    string Name, string Method, string Path, Func<AccessServer, (string Name, string? Value)[]> Headers, int Status, string Says)
{
    public const string Reading = "/api/surveys/small";
    public const string Writing = "/api/surveys/small/observations/none.fits/retract";
    public const string Metrics = "/metrics";
    public const string Operations = "/ops/grains";

    public static AccessAttack WithKey(string name, string method, string path, string? key, int status, string says) =>
        new(name, method, path, _ => [(WebhookKey.Header, key)], status, says);

    public static AccessAttack WithPassword(string name, string method, string path, string credentials, int status, string says) =>
        new(name, method, path, _ => [("Authorization", $"Basic {credentials}")], status, says);

    public static AccessAttack WithToken(
        string name, Func<TokenIssuer, string> token, int status, string says, string method = "GET", string path = Reading) =>
        new(name, method, path, server => [("Authorization", $"Bearer {token(server.Issuer)}")], status, says);

    public override string ToString() => Name;
}
