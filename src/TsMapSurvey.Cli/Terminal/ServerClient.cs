using System.CommandLine;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace TsMapSurvey.Cli.Terminal;

internal sealed class ServerClient : IDisposable
{
    private const string AddressVariable = "TSMAP_SERVER";
    private const string DefaultAddress = "http://127.0.0.1:5080";

    /// <summary>Attempts to get a fresh answer; the server waits up to a minute in each before it answers 202.</summary>
    private const int FreshAttempts = 60;

    /// <summary>How long an answer may take to begin, uploads excepted.</summary>
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromMinutes(5);

    /// <summary>How long HTTP 503 is retried: a cluster that lost a silo needs this time to recover.</summary>
    private static readonly TimeSpan RecoveryTime = TimeSpan.FromMinutes(2);

    private const string KeyHeader = "Tsmap-Key";
    private const string KeyName = "--key";
    private const string KeyVariable = "TSMAP_KEY";
    private const string TokenVariable = "TSMAP_TOKEN";

    /// <summary>How long HTTP 429 is obeyed, which says when to come back.</summary>
    private static readonly TimeSpan MostPatience = TimeSpan.FromMinutes(2);

    private readonly HttpClient _http;
    private readonly string _address;

    /// <param name="key">The key; null: none, so that the token of the environment is sent, if there is one.</param>
    public ServerClient(string address, string? key)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            throw CliErrors.InvalidAddress(AddressVariable, address, DefaultAddress);
        _address = address;
        _http = new HttpClient { BaseAddress = uri, Timeout = Timeout.InfiniteTimeSpan };
        if (string.IsNullOrEmpty(key))
        {
            UseToken(Environment.GetEnvironmentVariable(TokenVariable));
            return;
        }

        if (!key.All(character => character is > ' ' and <= '~'))
            throw CliErrors.Wrong(KeyName, "a character that a key cannot have", "printable ASCII characters without blanks");
        _http.DefaultRequestHeaders.Add(KeyHeader, key);
    }

    public static Option<string> ServerOption() => new("--server")
    {
        Description = $"Address of the running server; the environment variable {AddressVariable} sets another default",
        DefaultValueFactory = _ =>
            Environment.GetEnvironmentVariable(AddressVariable) is { Length: > 0 } address ? address : DefaultAddress,
    };

    public static Option<string?> KeyOption() => new(KeyName)
    { Description = $"Key for writing to the server [default: the variable {KeyVariable}, which process lists do not show]" };

    /// <summary>The key of the environment, for requests that only read; null if there is none.</summary>
    public static string? OwnKey => Environment.GetEnvironmentVariable(KeyVariable);

    public static string? KeyOf(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) ?? OwnKey;

    public static Option<string?> SurveyOption() => new("--survey") { Description = "Name of the survey [default: the server's only one]" };

    public static Option<string?> SliceOption() =>
        new("--slice") { Description = "One of the survey's slices, such as 7d for the last seven nights [default: all]" };

    /// <summary>To append to an address that already has parameters.</summary>
    public static string SliceQuery(string? slice) => slice is null ? "" : $"&slice={Uri.EscapeDataString(slice)}";

    /// <summary>The given name, or that of the server's only survey.</summary>
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

    public async Task<JsonElement> GetFreshAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await FreshAsync(path, cancellationToken);
        return await JsonAsync(response, cancellationToken);
    }

    public async Task<JsonElement> PostAsync(string path, CancellationToken cancellationToken) =>
        await ReadAsync(HttpMethod.Post, path, cancellationToken);

    /// <summary>Writes an answer made from the newest stacks to a file.</summary>
    public async Task DownloadFreshAsync(string path, string file, CancellationToken cancellationToken)
    {
        using var response = await FreshAsync(path, cancellationToken);
        await SaveAsync(response, file, cancellationToken);
    }

    public async Task DownloadAsync(string path, string file, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Get, path, cancellationToken);
        await SaveAsync(response, file, cancellationToken);
    }

    /// <summary>Like <see cref="GetAsync"/>, but retries HTTP 503 for two minutes.</summary>
    public async Task<JsonElement> GetWithRetryAsync(string path, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return await GetAsync(path, cancellationToken);
            }
            catch (FailedException exception)
                when (exception.Status == HttpStatusCode.ServiceUnavailable && TimeProvider.System.GetElapsedTime(began) < RecoveryTime)
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

    public async Task UploadAsync(string path, Stream content, CancellationToken cancellationToken)
    {
        using var body = new StreamContent(content, 1 << 16);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var response = await SendAsync(HttpMethod.Post, path, cancellationToken, body);
    }

    /// <summary>Posts a file's content and returns the answer.</summary>
    public async Task<JsonElement> PostAsync(string path, Stream content, string contentType, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Post, path, cancellationToken, Body(content, contentType));
        return await JsonAsync(response, cancellationToken);
    }

    /// <summary>Posts a file's content and writes the answer to a file.</summary>
    public async Task DownloadAnswerAsync(
        string path, Stream content, string contentType, string file, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Post, path, cancellationToken, Body(content, contentType));
        await SaveAsync(response, file, cancellationToken);
    }

    public async Task DeleteAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Delete, path, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private static StreamContent Body(Stream content, string contentType)
    {
        var body = new StreamContent(content, 1 << 16);
        body.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        return body;
    }

    /// <summary>Repeats the request while the server answers 202, which means that it is still computing.</summary>
    private async Task<HttpResponseMessage> FreshAsync(string path, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < FreshAttempts; attempt++)
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

    /// <summary>Writes to a temporary name first, so that the file is complete or absent.</summary>
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
        if (content is not StreamContent) limit.CancelAfter(AnswerTimeout);
        try
        {
            response = await SendPatientlyAsync(method, path, content, limit.Token);
        }
        catch (HttpRequestException exception)
        {
            throw CliErrors.NoAnswer(_address, exception);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw CliErrors.NoAnswer(_address, AnswerTimeout);
        }

        if (response.IsSuccessStatusCode) return response;
        using (response)
        {
            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            var problem = response.StatusCode == HttpStatusCode.Unauthorized
                ? KeyProblem() : $"{(int)response.StatusCode} {ProblemOf(body) ?? response.ReasonPhrase}";
            throw CliErrors.Answered($"{_address}{path}", problem, response.StatusCode);
        }
    }

    /// <summary>Sends the request again if the server says when, since it refused it unread.</summary>
    private async Task<HttpResponseMessage> SendPatientlyAsync(
        HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            using var request = new HttpRequestMessage(method, path) { Content = content };
            // Lets the server refuse before the bytes are sent.
            if (content is StreamContent) request.Headers.ExpectContinue = true;
            var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.StatusCode != HttpStatusCode.TooManyRequests || content is StreamContent
                || response.Headers.RetryAfter?.Delta is not { } pause || TimeProvider.System.GetElapsedTime(began) + pause > MostPatience)
                return response;
            response.Dispose();
            request.Content = null;
            await Task.Delay(pause, TimeProvider.System, cancellationToken);
        }
    }

    private void UseToken(string? token)
    {
        if (string.IsNullOrEmpty(token)) return;
        if (!token.All(character => character is > ' ' and <= '~'))
            throw CliErrors.Wrong(TokenVariable, "a character that a token cannot have", "a JSON web token");
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    private string KeyProblem() => _http.DefaultRequestHeaders.Authorization is not null
        ? $"the server does not accept the token in {TokenVariable}; it may have expired"
        : _http.DefaultRequestHeaders.Contains(KeyHeader)
        ? $"the server does not accept this key; give another one with {KeyName} or {KeyVariable}"
        : $"the server needs a key for this; give it with {KeyName} or {KeyVariable}";

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
