using TsMapSurvey.Contracts;
using TsMapSurvey.Server.Access;
using TsMapSurvey.Server.Vo;
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

    public static RequestException NoTable(string? found) =>
        new(415, $"content type: found '{MessageText.Of(found)}', expected application/json, text/csv (also for ECSV) or "
            + "application/x-votable+xml", []);

    public static RequestException Encoded(string found) =>
        new(415, $"content encoding: found '{MessageText.Of(found)}', expected none", []);

    public static RequestException BodyTooLarge(long max) =>
        new(413, $"body: found more than {max} bytes, expected at most {max}", []);

    public static RequestException BadRows(IReadOnlyList<string> problems, int more) =>
        new(400, string.Join("; ", problems) + (more > 0 ? $"; and {more} more" : ""), problems);

    public static RequestException StillComputing(string what) =>
        new(503, $"{what} is being computed; repeat the request", []);

    public static RequestException TooManyImages(int max) => new(503, $"{max} images are being made, which is the limit; try again", []);

    public static RequestException NotForm(string? found) =>
        new(415, $"content type: found '{MessageText.Of(found)}', expected application/x-www-form-urlencoded", []);

    public static RequestException UnknownDataset(string found) =>
        new(404, $"ID: found '{MessageText.Of(found)}', expected an obs_publisher_did of the answer of {VoRoutes.Sia}", []);

    public static RequestException UnknownHips(string found) =>
        new(404, $"hips: found '{MessageText.Of(found)}', expected SURVEY/LAYER of this server, for example "
            + "my-survey/point-sqrt_ts", []);

    public static RequestException IsCube(string found) =>
        new(400, $"hips: found '{MessageText.Of(found)}', a cube, expected a layer that is an image", []);

    public static RequestException NotCut(string found) =>
        new(400, $"ID: found '{MessageText.Of(found)}', a MapDataset, of which no part can be cut; expected a map", []);

    public static RequestException ForeignOrigin(string origin) =>
        new(403, $"origin: found '{MessageText.Of(origin)}', expected a page of this server, or a client that is not a browser", []);

    public static RequestException NoWebhook() =>
        new(403, "events are not accepted, since the server has no key for them (its setting Intake:WebhookKey)", []);

    public static RequestException WrongKey(string where) =>
        new(401, $"key: found none or a wrong one, expected the key of the setting Intake:WebhookKey in {where}", []);

    /// <param name="orToken">Whether the server accepts tokens too.</param>
    public static RequestException NoKey(Permissions needed, bool orToken = false)
    {
        var (keys, password) = needed switch
        {
            Permissions.Read => ("keys for reading (its setting Keys:Read)", " or as password"),
            Permissions.Operate => ("keys for operators (its setting Keys:Operate)", " or as password"),
            _ => ("write keys (its setting Keys:Write)", ""),
        };
        return new(401, $"key: found none or a wrong one, expected one of this server's {keys} in the header {WebhookKey.Header}"
            + $"{password}{(orToken ? ", or a bearer token" : "")}", []);
    }

    public static RequestException NotPermitted(Permissions needed) =>
        new(403, $"key or token: it does not permit to {CamelCase(needed.ToString())}; ask this server's operator for one that does", []);

    public static RequestException BadToken(string fault) =>
        new(401, $"token: {fault}; expected a valid one of the issuer in the server's setting Tokens:Authority", []);

    public static RequestException NoIssuer() =>
        new(503, "token: the issuer's keys could not be read, so it cannot be checked", []);

    public static RequestException TooFast(string limit, int retryAfterS) =>
        new(429, $"this client has sent too many requests; the server's limit is {limit} on average", [], retryAfterS);

    public static RequestException TooManyRunning(int max, string what) =>
        new(429, $"{max} {what} of this client are still running, which is the limit", []);

    public static RequestException TooBusy(int max) => new(503, $"all {max} places of this server for costly requests are taken", []);

    public static RequestException SlowBody(TimeSpan limit) =>
        new(408, $"body: it had not arrived after {limit.TotalSeconds} s", []);

    public static RequestException Compressed(string found) =>
        new(415, $"Content-Encoding: found '{MessageText.Of(found)}', expected none; a FITS file may itself be gzipped", []);

    public static RequestException ForeignHost(string host) =>
        new(400, $"host: found '{MessageText.Of(host)}', expected an IP address, localhost, or a name in the server's setting "
            + "Hosts:Allowed", []);

    public static RequestException TooManyStreams(int max) => new(503, $"all {max} event streams of this server are in use", []);

    public static RequestException TooManyStreamsOfClient(int max) =>
        new(429, $"this client has {max} open event streams, which is the limit", []);

    public static RequestException NoDocument() => new(404, "there is one description of this API: /openapi/v1.json, shown by /docs", []);

    public static RequestException OnlyHealth() => new(404, "this address only serves /health/live and /health/ready", []);

    public static RequestException NoOrigin(string header) =>
        new(400, $"{header}: found none or an invalid name, expected the sender's host name", []);

    public static RequestException BadEvents(int followed, IReadOnlyList<string> problems) =>
        new(400, $"{problems.Count} of {followed + problems.Count} events are invalid; the others were processed", problems);

    public static RequestException NoPixels(string survey) =>
        new(404, $"survey {survey} has no common pixel grid, since its tiles are not parts of one image; request a position instead", []);

    public static RequestException NoSeams(string survey) =>
        new(404, $"survey {survey} has no seams, since its tiles are parts of one image; only those of the kind healpix have some", []);

    public static RequestException NoPreviewOfSlice(string survey, string slice) =>
        new(404, $"survey {survey} has no picture of the slice {slice}: without a mosaic, there are only pictures of the slice all", []);

    public static RequestException NoPreviewOf(string survey, string quantity, IEnumerable<string> known) =>
        new(404, $"survey {survey} has no picture of {quantity}, expected one of {string.Join(", ", known)}, which are layers of the sky",
            []);

    public static RequestException UnknownRevision(string what, long revision) =>
        new(404, $"{what}: revision {revision} was never published or has been deleted", []);

    public static RequestException UnknownVersion(string layer, string version) =>
        new(404, $"HiPS {layer}: version '{MessageText.Of(version)}' was never published or has been deleted", []);

    public static RequestException NoSuchTile(string layer, string tile) =>
        new(404, $"HiPS {layer} has no tile {tile}: it is outside the coverage, which Moc.fits describes, or deeper than hips_order", []);

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
