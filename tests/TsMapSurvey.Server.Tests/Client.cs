using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace TsMapSurvey.Server.Tests;

/// <summary>An answer of the API.</summary>
internal sealed record Answer(HttpStatusCode Status, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders, byte[] Bytes)
{
    public JsonElement Json => JsonDocument.Parse(Bytes).RootElement;

    public string? ETag => Headers.ETag?.ToString();

    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? string.Join(",", values) : null;
}

/// <summary>A client of one server.</summary>
internal sealed class Client(Uri address) : IDisposable
{
    private const int LargeBody = 1 << 20;

    private readonly HttpClient _http = new(Patient()) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(3) };

    /// <summary>Waits for 100-continue before it sends a body, however busy the machine is.</summary>
    public static SocketsHttpHandler Patient() => new() { Expect100ContinueTimeout = TimeSpan.FromMinutes(2) };

    public Task<Answer> GetAsync(string path, string? ifNoneMatch = null) =>
        SendAsync(HttpMethod.Get, path, null, ("If-None-Match", ifNoneMatch));

    public Task<Answer> PostAsync(string path, string? json, string? origin = null) =>
        SendAsync(HttpMethod.Post, path, json, ("Origin", origin));

    public async Task<Answer> SendAsync(HttpMethod method, string path, string? json, params (string Name, string? Value)[] headers)
    {
        // The URI is not normalized, so that hostile requests are sent exactly as written.
        var uri = new Uri(_http.BaseAddress!.GetLeftPart(UriPartial.Authority)
            + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(method, uri);
        // A body that the server rejects unread is not sent, since the server would close the connection during it.
        request.Headers.ExpectContinue = json?.Length > LargeBody;
        if (json is not null) request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
            if (value is not null && !request.Headers.TryAddWithoutValidation(name, value))
                request.Content?.Headers.TryAddWithoutValidation(name, value);
        using var response = await _http.SendAsync(request);
        return new Answer(response.StatusCode, response.Headers, response.Content.Headers, await response.Content.ReadAsByteArrayAsync());
    }

    public Task<Stream> OpenAsync(string path) => _http.GetStreamAsync(path);

    /// <summary>Repeats the request until the answer is as expected, with a timeout that is long on any machine.</summary>
    public async Task<Answer> UntilAsync(string path, Func<Answer, bool> isWanted)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var answer = await GetAsync(path);
            if (isWanted(answer)) return answer;
            Assert.True(
                watch.Elapsed < TimeSpan.FromMinutes(5), $"{path} is still {(int)answer.Status} {Encoding.UTF8.GetString(answer.Bytes)}");
            await Task.Delay(50);
        }
    }

    public void Dispose() => _http.Dispose();
}
