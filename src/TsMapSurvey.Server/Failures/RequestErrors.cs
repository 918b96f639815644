using TsMapSurvey.Contracts;
using TsMapSurvey.Server.Hosting;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Server.Failures;

/// <summary>All failures that this API detects itself, with found and expected. Unknown names: <see cref="SurveyNames"/>.</summary>
internal static class RequestErrors
{
    public static RequestException BadParameters(IReadOnlyList<string> problems) => new(400, string.Join("; ", problems), problems);

    public static RequestException BadDefinition(IReadOnlyList<string> problems) =>
        new(400, $"survey definition: {string.Join("; ", problems)}", problems);

    public static RequestException NotJson(string? found) =>
        new(415, $"content type: found '{MessageText.Of(found)}', expected application/json", []);

    public static RequestException NoRegionType(string? found) => new(415,
        $"content type: found '{MessageText.Of(found)}', expected the content type of a MOC: application/fits, application/json or "
            + "text/plain", []);

    public static RequestException BadRegion(string problem) => new(400, $"body: it is not a MOC of the sky: {problem}", []);

    public static RequestException ForeignOrigin(string origin) =>
        new(403, $"origin: found '{MessageText.Of(origin)}', expected a page of this server, or a client that is not a browser", []);

    public static RequestException NoWebhook() =>
        new(403, "events are not accepted, since the server has no key for them (its setting Intake:WebhookKey)", []);

    public static RequestException WrongKey(string where) =>
        new(401, $"key: found none or a wrong one, expected the key of the setting Intake:WebhookKey in {where}", []);

    public static RequestException NoWriteKey() =>
        new(401, $"key: found none or a wrong one, expected one of this server's write keys (its setting Keys:Write) in the header "
            + $"{WebhookKey.Header}", []);

    public static RequestException ForeignHost(string host) =>
        new(400, $"host: found '{MessageText.Of(host)}', expected an IP address, localhost, or a name in the server's setting "
            + "Hosts:Allowed", []);

    public static RequestException TooManyStreams(int max) => new(503, $"all {max} event streams of this server are in use", []);

    public static RequestException TooManyStreamsOfClient(int max) =>
        new(429, $"this address has {max} open event streams, which is the limit", []);

    public static RequestException OnlyHealth() => new(404, "this address only serves /health/live and /health/ready", []);

    public static RequestException NoOrigin(string header) =>
        new(400, $"{header}: found none or an invalid name, expected the sender's host name", []);

    public static RequestException BadEvents(int followed, IReadOnlyList<string> problems) =>
        new(400, $"{problems.Count} of {followed + problems.Count} events are invalid; the others were processed", problems);

    public static RequestException NoPixels(string survey) =>
        new(404, $"survey {survey} has no common pixel grid, since its tiles are not parts of one image; request a position instead", []);

    public static RequestException UnknownRevision(string what, long revision) =>
        new(404, $"{what}: revision {revision} was never published or has been deleted", []);

    public static RequestException OutsideSurvey(string survey, string position) => new(404, $"{position} is outside survey {survey}", []);

    public static RequestException NothingHere(string what, string? reason) => new(404, $"{what}: {reason ?? "no data"}", []);

    public static RequestException NotComputed(string what, string? reason) => new(503, $"{what} could not be computed: {reason}", []);

    public static RequestException Gone(string what, string blob) =>
        new(503, $"{what}: the blob {blob} was replaced by a newer one", []);

    public static RequestException CannotWrite(string reason) => new(503, $"the store is not writable: {reason}", []);

    public static RequestException Damaged(string blob) => new(503,
        $"{blob}: found it missing or damaged again after it was recomputed; check the server's log and the store", []);

    public static RequestException DatasetIsThere(int dataset) =>
        new(409, $"dataset {dataset} was already uploaded with another length; each dataset can be uploaded only once", []);

    public static RequestException NotDone(string job, ComputeState state, string? reason) =>
        new(409, $"job {job}: found {CamelCase(state.ToString())}{(reason is null ? "" : $" ({reason})")}, expected done", []);

    public static string CamelCase(string name) => name.Length == 0 ? name : char.ToLowerInvariant(name[0]) + name[1..];
}
