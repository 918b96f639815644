using System.CommandLine;
using System.Net;
using System.Text.Json;

namespace TsMapSurvey.Cli.Terminal;

/// <summary>A running server's HTTP API, for the commands that are its clients.</summary>
internal sealed class ServerClient : IDisposable
{
    /// <summary>How often an answer of "still computing" is asked for again: each waits up to a minute at the server.</summary>
    private const int Patience = 60;

    private readonly HttpClient _http;
    private readonly string _address;

    public ServerClient(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            throw new UsageException($"--server: found '{address}', expected an address as http://127.0.0.1:5080");
        _address = address;
        _http = new HttpClient { BaseAddress = uri, Timeout = TimeSpan.FromMinutes(5) };
    }

    public static Option<string> ServerOption() => new("--server") { Description = "Address of the running server", DefaultValueFactory = _ => "http://127.0.0.1:5080" };

    public static Option<string?> SurveyOption() => new("--survey") { Description = "The survey's name [default: the only one there is]" };

    /// <summary>The survey asked for, or the only one of the server.</summary>
    public async Task<string> SurveyAsync(string? name, CancellationToken cancellationToken)
    {
        if (name is not null) return name;
        var surveys = await GetAsync("/api/surveys", cancellationToken);
        string[] names = [.. surveys.EnumerateArray().Select(survey => survey.GetProperty("survey").GetString()!)];
        return names.Length == 1 ? names[0]
            : throw new UsageException(names.Length == 0 ? $"{_address} has no survey yet; start it with tsmap serve --survey FILE" : $"--survey: choose one of {string.Join(", ", names)}");
    }

    public async Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) => await ReadAsync(HttpMethod.Get, path, cancellationToken);

    /// <summary>An answer that is of the newest stacks.</summary>
    public async Task<JsonElement> GetFreshAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await FreshAsync(path, cancellationToken);
        return await JsonAsync(response, cancellationToken);
    }

    public async Task<JsonElement> PostAsync(string path, CancellationToken cancellationToken) => await ReadAsync(HttpMethod.Post, path, cancellationToken);

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

        throw new FailedException($"{_address}{path}: still being computed; try again later");
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

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            using var request = new HttpRequestMessage(method, path);
            response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException unreachable)
        {
            throw new FailedException($"{_address} does not answer ({unreachable.Message}); is tsmap serve running there?");
        }

        if (response.IsSuccessStatusCode) return response;
        using (response)
        {
            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            throw new FailedException($"{_address}{path}: {(int)response.StatusCode} {ProblemOf(body) ?? response.ReasonPhrase}");
        }
    }

    private static string? ProblemOf(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.TryGetProperty("detail", out var detail) && detail.ValueKind == JsonValueKind.String ? detail.GetString()
                : json.RootElement.TryGetProperty("title", out var title) ? title.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
