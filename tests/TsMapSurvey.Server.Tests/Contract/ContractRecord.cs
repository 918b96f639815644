using System.Buffers.Binary;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace TsMapSurvey.Server.Tests.Contract;

/// <summary>Sends requests to a server and records its answers, by resource.</summary>
internal sealed class ContractRecord(Uri address, string key) : IDisposable
{
    private const int PngWidth = 16;
    private const int NotModified = 304;
    private const int Tries = 20;
    private static readonly string[] Headers =
    [
        "ETag", "Cache-Control", "Location", "Link", "Content-Disposition", "Content-Range", "Last-Modified", "Retry-After", "Vary",
        "WWW-Authenticate", "Allow",
    ];

    private static readonly MediaTypeHeaderValue Binary = new("application/octet-stream");
    private readonly HttpClient _http = new(Client.Patient()) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(3) };
    private readonly SortedDictionary<string, JsonArray> _resources = new(StringComparer.Ordinal);
    private readonly HashSet<string> _operations = [];

    public IReadOnlyDictionary<string, JsonArray> Resources => _resources;

    /// <summary>The names of the operations that were called.</summary>
    public IReadOnlySet<string> Operations => _operations;

    /// <summary>If the answer has an ETag, also sends If-None-Match and HEAD.</summary>
    public async Task GetAsync(string resource, string operation, string path)
    {
        var answer = await AskAsync(resource, operation, "GET", path);
        if (answer.Status != System.Net.HttpStatusCode.OK) return;
        var head = await SendAsync("HEAD", path, null, "");
        Assert.Equal((path, answer.Status, answer.ContentHeaders.ContentType), (path, head.Status, head.ContentHeaders.ContentType));
        if (answer.ETag is null) return;
        // A listing of the store between two requests changes the answers that state its time.
        var again = answer;
        for (var left = Tries; left > 0 && (int)again.Status != NotModified; left--)
            again = await SendAsync("GET", path, null, "", ("If-None-Match", again.ETag));
        Assert.Equal((path, NotModified), (path, (int)again.Status));
    }

    /// <param name="content">JSON as text, a file as bytes, or nothing.</param>
    /// <param name="shown">The write key; empty: none.</param>
    public async Task<Answer> AskAsync(
        string resource, string operation, string method, string path, object? content = null, string? shown = null, string note = "")
    {
        var answer = await SendAsync(method, path, content, shown ?? key);
        Note(resource, operation, $"{method} {path}{(note.Length > 0 ? $" ({note})" : "")}", answer);
        return answer;
    }

    /// <summary>The first event of a stream that does not end.</summary>
    public async Task ListenAsync(string resource, string operation, string path)
    {
        using var response = await _http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var lines = new StringBuilder();
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
            lines.AppendLine(line.StartsWith("id:", StringComparison.Ordinal) ? "id: <id>" : line);
        var body = Encoding.UTF8.GetBytes(lines.ToString());
        Note(resource, operation, $"GET {path}", new Answer(response.StatusCode, response.Headers, response.Content.Headers, body));
    }

    public async Task<Answer> SendAsync(
        string method, string path, object? content, string shown, params (string Name, string? Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (shown.Length > 0) request.Headers.TryAddWithoutValidation(Server.Access.WebhookKey.Header, shown);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        if (method == "OPTIONS") request.Headers.TryAddWithoutValidation("WebHook-Request-Origin", "eventgrid.azure.net");
        request.Content = content switch
        {
            string json => new StringContent(json, Encoding.UTF8, "application/json"),
            byte[] bytes => new ByteArrayContent(bytes) { Headers = { ContentType = Binary } },
            _ => null,
        };
        using var response = await _http.SendAsync(request);
        return new Answer(response.StatusCode, response.Headers, response.Content.Headers, await response.Content.ReadAsByteArrayAsync());
    }

    public void Dispose() => _http.Dispose();

    private void Note(string resource, string operation, string asked, Answer answer)
    {
        _operations.Add(operation);
        if (!_resources.TryGetValue(resource, out var rows)) _resources[resource] = rows = [];
        rows.Add(new JsonObject
        {
            ["operation"] = operation,
            ["asked"] = ContractText.Normal(asked),
            ["status"] = (int)answer.Status,
            ["type"] = answer.ContentHeaders.ContentType?.ToString(),
            ["headers"] = HeadersOf(answer),
            ["body"] = Body(answer),
        });
    }

    private static JsonObject HeadersOf(Answer answer)
    {
        var found = answer.Headers.Concat(answer.ContentHeaders).Where(header => IsKept(header.Key));
        var inOrder = found.OrderBy(header => header.Key, StringComparer.Ordinal);
        return new JsonObject(inOrder.Select(header => KeyValuePair.Create(header.Key, (JsonNode?)ValueOf(header.Key, header.Value))));
    }

    private static bool IsKept(string header) =>
        Headers.Contains(header, StringComparer.OrdinalIgnoreCase)
        || header.StartsWith("Tsmap-", StringComparison.Ordinal) || header.StartsWith("WebHook-", StringComparison.Ordinal);

    private static string ValueOf(string header, IEnumerable<string> values) =>
        header == "ETag" ? "<etag>" : ContractText.Normal(string.Join(", ", values));

    private static JsonNode? Body(Answer answer) => (answer.ContentHeaders.ContentType?.MediaType, answer.Bytes) switch
    {
        (_, { Length: 0 }) => null,
        ("image/png", var bytes) => $"{Whole(bytes, PngWidth)} x {Whole(bytes, PngWidth + 4)} pixels",
        ("application/fits", var bytes) => FitsText.Of(bytes),
        ("application/vnd.apache.parquet", var bytes) =>
            $"{Encoding.ASCII.GetString(bytes, 0, 4)} ... {Encoding.ASCII.GetString(bytes[^4..])}",
        ("application/gzip", var bytes) => FitsText.Of(FitsText.Unfolded(bytes)),
        ("application/json" or "application/problem+json", var bytes) => ContractText.Normal(JsonNode.Parse(bytes)),
        (_, var bytes) => new JsonArray([.. Lines(bytes).Select(line => (JsonNode)ContractText.Normal(line))]),
    };

    private static int Whole(byte[] bytes, int at) => BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at));

    private static string[] Lines(byte[] text) => Encoding.UTF8.GetString(text).ReplaceLineEndings("\n").Split('\n');
}
