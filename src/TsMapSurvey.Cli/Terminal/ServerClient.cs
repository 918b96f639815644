using System.CommandLine;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace TsMapSurvey.Cli.Terminal;

/// <summary>A running server's HTTP API, for the commands that are its clients.</summary>
internal sealed class ServerClient : IDisposable
{
    private const string AddressVariable = "TSMAP_SERVER";
    private const string DefaultAddress = "http://127.0.0.1:5080";

    /// <summary>How often an answer of "still computing" is asked for again: each waits up to a minute at the server.</summary>
    private const int Patience = 60;

    /// <summary>How long an answer may take to begin; uploads take as long as they take.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    /// <summary>How long "not now" is borne of a server whose cluster has lost a part.</summary>
    private static readonly TimeSpan Recovery = TimeSpan.FromMinutes(2);

    private const string KeyHeader = "Tsmap-Key";
    private const string KeyName = "--key";
    private const string KeyVariable = "TSMAP_KEY";

    private readonly HttpClient _http;
    private readonly string _address;

    /// <param name="key">For what changes something; null: none.</param>
    public ServerClient(string address, string? key = null)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            throw CliErrors.BadAddress(AddressVariable, address, DefaultAddress);
        _address = address;
        _http = new HttpClient { BaseAddress = uri, Timeout = Timeout.InfiniteTimeSpan };
        if (string.IsNullOrEmpty(key)) return;
        if (!key.All(character => character is > ' ' and <= '~'))
            throw CliErrors.Wrong(KeyName, "a character that no key has", "letters, digits and signs without blanks");
        _http.DefaultRequestHeaders.Add(KeyHeader, key);
    }

    public static Option<string> ServerOption() => new("--server")
    {
        Description = $"Address of the running server; the environment variable {AddressVariable} sets another default",
        DefaultValueFactory = _ =>
            Environment.GetEnvironmentVariable(AddressVariable) is { Length: > 0 } address ? address : DefaultAddress,
    };

    public static Option<string?> KeyOption() => new(KeyName)
    { Description = $"Key that the server takes for writing [default: the variable {KeyVariable}, which no list of processes shows]" };

    /// <summary>The key that was given; null where none was.</summary>
    public static string? KeyOf(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) ?? Environment.GetEnvironmentVariable(KeyVariable);

    public static Option<string?> SurveyOption() => new("--survey") { Description = "The survey's name [default: the only one there is]" };

    public static Option<string?> SliceOption() =>
        new("--slice") { Description = "One of the survey's slices, as 7d for the last seven nights [default: all]" };

    /// <summary>What is added to an address that has parameters before.</summary>
    public static string SliceQuery(string? slice) => slice is null ? "" : $"&slice={Uri.EscapeDataString(slice)}";

    /// <summary>The survey asked for, or the only one of the server.</summary>
    public async Task<string> SurveyAsync(string? name, CancellationToken cancellationToken)
    {
        if (name is not null) return name;
        var surveys = await GetAsync("/api/surveys", cancellationToken);
        string[] names = [.. surveys.EnumerateArray().Select(survey => survey.GetProperty("survey").GetString()!)];
        return names.Length == 1 ? names[0]
            : throw (names.Length == 0 ? CliErrors.NoSurveyYet(_address) : CliErrors.SeveralSurveys(names));
    }

    public async Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) =>
        await ReadAsync(HttpMethod.Get, path, cancellationToken);

    /// <summary>An answer that is of the newest stacks.</summary>
    public async Task<JsonElement> GetFreshAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await FreshAsync(path, cancellationToken);
        return await JsonAsync(response, cancellationToken);
    }

    public async Task<JsonElement> PostAsync(string path, CancellationToken cancellationToken) =>
        await ReadAsync(HttpMethod.Post, path, cancellationToken);

    /// <summary>Writes a fresh answer to a file.</summary>
    public async Task DownloadFreshAsync(string path, string file, CancellationToken cancellationToken)
    {
        using var response = await FreshAsync(path, cancellationToken);
        await SaveAsync(response, file, cancellationToken);
    }

    /// <summary>Writes an answer, as it is now, to a file.</summary>
    public async Task DownloadAsync(string path, string file, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Get, path, cancellationToken);
        await SaveAsync(response, file, cancellationToken);
    }

    /// <summary>As <see cref="GetAsync"/>, and asks again for a while where the server says that it will know later.</summary>
    public async Task<JsonElement> GetPatientlyAsync(string path, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return await GetAsync(path, cancellationToken);
            }
            catch (FailedException bad)
                when (bad.Status == HttpStatusCode.ServiceUnavailable && TimeProvider.System.GetElapsedTime(began) < Recovery)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancellationToken);
            }
        }
    }

    public async Task<JsonElement> PostAsync(string path, object body, CancellationToken cancellationToken)
    {
        using var content = JsonContent.Create(body);
        using var response = await SendAsync(HttpMethod.Post, path, cancellationToken, content);
        return await JsonAsync(response, cancellationToken);
    }

    /// <summary>Sends a stream as it is read.</summary>
    public async Task UploadAsync(string path, Stream content, CancellationToken cancellationToken)
    {
        using var body = new StreamContent(content, 1 << 16);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var response = await SendAsync(HttpMethod.Post, path, cancellationToken, body);
    }

    public async Task DeleteAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Delete, path, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Asks until the answer is of the newest stacks: the server says 202 while it still computes.</summary>
    private async Task<HttpResponseMessage> FreshAsync(string path, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < Patience; tries++)
        {
            var response = await SendAsync(HttpMethod.Get, path, cancellationToken);
            if (response.StatusCode != HttpStatusCode.Accepted) return response;
            response.Dispose();
        }

        throw CliErrors.StillComputing($"{_address}{path}");
    }

    private async Task<JsonElement> ReadAsync(HttpMethod method, string path, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(method, path, cancellationToken);
        return await JsonAsync(response, cancellationToken);
    }

    /// <summary>Under another name until it is whole.</summary>
    private static async Task SaveAsync(HttpResponseMessage response, string file, CancellationToken cancellationToken)
    {
        var part = file + ".part";
        await using (var stream = File.Create(part)) await response.Content.CopyToAsync(stream, cancellationToken);
        File.Move(part, file, overwrite: true);
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var json = await JsonDocument.ParseAsync(stream, cancellationToken: cancellationToken);
        return json.RootElement.Clone();
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, CancellationToken cancellationToken, HttpContent? content = null)
    {
        HttpResponseMessage response;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (content is not StreamContent) limit.CancelAfter(LongestWait);
        try
        {
            using var request = new HttpRequestMessage(method, path) { Content = content };
            // A refusal comes before the bytes are sent, not in the middle of them.
            if (content is StreamContent) request.Headers.ExpectContinue = true;
            response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        }
        catch (HttpRequestException unreachable)
        {
            throw CliErrors.NoAnswer(_address, unreachable);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw CliErrors.NoAnswer(_address, LongestWait);
        }

        if (response.IsSuccessStatusCode) return response;
        using (response)
        {
            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            var told = response.StatusCode == HttpStatusCode.Unauthorized
                ? Closed() : $"{(int)response.StatusCode} {ProblemOf(body) ?? response.ReasonPhrase}";
            throw CliErrors.Answered($"{_address}{path}", told, response.StatusCode);
        }
    }

    private string Closed() => _http.DefaultRequestHeaders.Contains(KeyHeader)
        ? $"the server does not take this key; give another one by {KeyName} or {KeyVariable}"
        : $"the server takes a key for this; give it by {KeyName} or {KeyVariable}";

    private static string? ProblemOf(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.TryGetProperty("detail", out var detail) && detail.ValueKind == JsonValueKind.String
                ? detail.GetString()
                : json.RootElement.TryGetProperty("title", out var title) ? title.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
