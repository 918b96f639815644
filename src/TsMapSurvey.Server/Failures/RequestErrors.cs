using TsMapSurvey.Contracts;
using TsMapSurvey.Server.Hosting;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Server.Failures;

/// <summary>
/// Every failure that this API finds by itself, with found and expected. Names that nothing has: <see cref="SurveyNames"/>.
/// </summary>
internal static class RequestErrors
{
    public static RequestException BadParameters(IReadOnlyList<string> problems) => new(400, string.Join("; ", problems), problems);

    public static RequestException BadDefinition(IReadOnlyList<string> problems) =>
        new(400, $"survey definition: {string.Join("; ", problems)}", problems);

    public static RequestException NotJson(string? found) =>
        new(415, $"content type: found '{ShownText.Of(found)}', expected application/json", []);

    public static RequestException ForeignOrigin(string origin) =>
        new(403, $"origin: found '{ShownText.Of(origin)}', expected this server's own pages, or a program that is no browser", []);

    public static RequestException NoWebhook() => new(403, "nobody may post events here: no key is set for it (Intake:WebhookKey)", []);

    public static RequestException WrongKey(string where) =>
        new(401, $"key: found none or another one, expected that of Intake:WebhookKey in {where}", []);

    public static RequestException NoWriteKey() =>
        new(401, "key: found none or another one, expected one of this server's keys for writing (its setting Keys:Write) in the header "
            + $"{WebhookKey.Header}", []);

    public static RequestException ForeignHost(string host) =>
        new(400, $"host: found '{ShownText.Of(host)}', expected an IP address, localhost, or a name that the server's setting "
            + "Hosts:Allowed lists", []);

    public static RequestException TooManyStreams(int most) => new(503, $"all {most} streams of events of this server are taken", []);

    public static RequestException TooManyStreamsOfClient(int most) =>
        new(429, $"{most} streams of events are open from this address already, expected at most so many", []);

    public static RequestException OnlyHealth() => new(404, "this address answers /health/live and /health/ready, nothing else", []);

    public static RequestException NoOrigin(string header) =>
        new(400, $"{header}: found nothing or no name, expected the name of who wants to send", []);

    public static RequestException BadEvents(int followed, IReadOnlyList<string> problems) =>
        new(400, $"{problems.Count} of {followed + problems.Count} events cannot be read, the others were followed", problems);

    public static RequestException NoPixels(string survey) =>
        new(404, $"survey {survey} has no pixels of its own: its tiles are not cut of one image; ask for a position instead", []);

    public static RequestException UnknownRevision(string what, long revision) =>
        new(404, $"{what} is not published of revision {revision} (never, or no longer)", []);

    public static RequestException OutsideSurvey(string survey, string position) => new(404, $"{position} is outside survey {survey}", []);

    public static RequestException NothingHere(string what, string? reason) => new(404, $"{what}: {reason ?? "nothing to show"}", []);

    public static RequestException NotComputed(string what, string? reason) => new(503, $"{what} could not be computed: {reason}", []);

    public static RequestException Gone(string what, string blob) =>
        new(503, $"{what}: the blob {blob} is no longer there; a newer one is", []);

    public static RequestException CannotWrite(string reason) => new(503, $"nothing can be written: {reason}", []);

    public static RequestException Damaged(string blob) => new(503,
        $"{blob}: found it missing or damaged again and again, expected that it can be made again: see the server's log, and the disk",
        []);

    public static RequestException DatasetIsThere(int dataset) =>
        new(409, $"dataset {dataset} is there already and has another length, expected each to be sent once", []);

    public static RequestException NotDone(string job, ComputeState state, string? reason) =>
        new(409, $"job {job}: found {Word(state.ToString())}{(reason is null ? "" : $" ({reason})")}, expected done", []);

    public static string Word(string name) => name.Length == 0 ? name : char.ToLowerInvariant(name[0]) + name[1..];
}
