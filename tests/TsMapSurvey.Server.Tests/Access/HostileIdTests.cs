using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using TsMapSurvey.Server.Access;

namespace TsMapSurvey.Server.Tests.Access;

/// <summary>
/// Every parameter in the path of every endpoint gets ids that try to be something else. None of them reaches a grain or a blob: what the
/// server asks of both is recorded.
/// </summary>
[Collection(AccessServerUse.Name)]
[Trait("Pace", "slow")]
public sealed partial class HostileIdTests(AccessServer server)
{
    private static readonly string[] Ids =
    [
        "..%2f..%2fetc%2fpasswd", "..%2f", "%2fetc%2fpasswd", "..%5c..%5cappsettings.json", "small%2f..%2fother", "%252e%252e%252f",
        "%00", "small%00.json", new string('a', 10_000), new string('a', 3000), "sm%EF%BD%81ll", "%D1%95mall", "%E2%80%AEllams",
        "small%E2%80%8F", "%EF%BB%BFsmall", "small%20", "%20small", "*", "%ED%A0%80", "%FF%FE", "%F0%9F%92%A9", "$(id)", "a;b", "a|b",
        "%0d%0aSet-Cookie:x", "0x10", "1e999", "NaN", "99999999999999999999", "%3Cscript%3E",
    ];

    [Fact]
    public async Task No_id_reaches_a_grain_or_a_blob_unchecked()
    {
        var routes = Routes();
        Assert.True(routes.Length > 40, string.Join('\n', routes));
        // With good ids first: what these need may be asked for later too.
        foreach (var (method, path) in routes.Where(route => route.Method == "GET"))
            await AskAsync(method, Parameter().Replace(path, match => PathIds.Valid.GetValueOrDefault(match.Groups[1].Value, "none")));
        var known = server.Touched.Keys.ToHashSet();
        Assert.Contains(known, touched => touched.StartsWith("grain ", StringComparison.Ordinal));
        Assert.Contains(known, touched => touched.StartsWith("blob ", StringComparison.Ordinal));

        var (asked, wrong) = (0, new List<string>());
        foreach (var (method, path) in routes)
        {
            foreach (Match hostile in Parameter().Matches(path))
            {
                foreach (var id in Ids)
                {
                    var filled = Parameter().Replace(path, match =>
                        match.Index == hostile.Index ? id : PathIds.Valid.GetValueOrDefault(match.Groups[1].Value, "none"));
                    var answer = await AskAsync(method, filled);
                    asked++;
                    if (!IsRefusal(answer)) wrong.Add($"{method} {filled}: {(int)answer.Status} {Encoding.UTF8.GetString(answer.Bytes)}");
                    if (server.Touched.Keys.Where(one => !known.Contains(one) && !IsOfServer(one)).ToArray() is { Length: > 0 } touched)
                        wrong.Add($"{method} {filled} touched {string.Join(", ", touched)}");
                    known.UnionWith(server.Touched.Keys);
                }
            }
        }

        Assert.True(asked > 1500, $"{asked}");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Select(one => one.Length > 600 ? $"{one[..100]}...{one[^500..]}" : one)));
    }

    /// <summary>
    /// The server itself, without a request: listings, deadlines, reminders; and the definition or deletion mark of a name that a survey
    /// may have, since a deletion may have been interrupted.
    /// </summary>
    private static bool IsOfServer(string touched) =>
        touched.StartsWith("grain sys.", StringComparison.Ordinal) || touched.StartsWith("grain surveydirectory/", StringComparison.Ordinal)
        || NameOfSurvey().IsMatch(touched);

    private static bool IsRefusal(Answer answer)
    {
        if ((int)answer.Status is < 400 or > 499) return false;
        // Kestrel rejects an address that is too long or has a zero character before any of our code runs.
        if (answer.Status is HttpStatusCode.RequestUriTooLong || answer.Bytes.Length == 0 && answer.Status == HttpStatusCode.BadRequest)
            return true;
        // The Virtual Observatory's protocols refuse with a VOTable.
        if (answer.ContentHeaders.ContentType?.MediaType == "application/x-votable+xml")
        {
            var text = Encoding.UTF8.GetString(answer.Bytes);
            return text.Length < 3000 && text.Contains("QUERY_STATUS", StringComparison.Ordinal);
        }

        return answer.ContentHeaders.ContentType?.MediaType == "application/problem+json"
            && answer.Json.GetProperty("detail").GetString() is { Length: > 0 and < 2000 };
    }

    private async Task<Answer> AskAsync(string method, string path)
    {
        server.Rest();
        var body = method is "POST" or "PUT" ? SmallSurvey.Definition.ToJson() : null;
        return await server.Client.SendAsync(new HttpMethod(method), path, body, (WebhookKey.Header, AccessServer.WriteKey));
    }

    /// <summary>All endpoints with a parameter, but the start page, which looks at none.</summary>
    private (string Method, string Path)[] Routes() =>
    [
        .. from endpoint in server.Endpoints
           let path = "/" + endpoint.RoutePattern.RawText!.Trim('/')
           where path.Contains('{', StringComparison.Ordinal) && path != "/surveys/{name}"
               && !path.EndsWith("/events", StringComparison.Ordinal)
           from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
           select (method, path),
    ];

    [GeneratedRegex(@"^blob definitions/[a-z0-9][a-z0-9_-]{0,62}\.(json|deleted)$")]
    private static partial Regex NameOfSurvey();

    [GeneratedRegex(@"\{\**(\w+)[^}]*\}")]
    private static partial Regex Parameter();
}
