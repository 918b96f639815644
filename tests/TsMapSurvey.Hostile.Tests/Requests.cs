using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace TsMapSurvey.Hostile.Tests;

/// <summary>One request, as data: it can be sent more than once.</summary>
/// <param name="Path">Sent as it stands, without any normalization.</param>
internal sealed record Ask(HttpMethod Method, string Path, byte[]? Body = null, string ContentType = "application/json")
{
    private const int LargestUnasked = 1 << 16;
    private readonly List<(string Name, string Value)> _headers = [];

    public static Ask Get(string path) => new(HttpMethod.Get, path);

    public static Ask Delete(string path) => new(HttpMethod.Delete, path);

    public static Ask Post(string path, string body = "") => new(HttpMethod.Post, path, Encoding.UTF8.GetBytes(body));

    public static Ask Put(string path, string body) => new(HttpMethod.Put, path, Encoding.UTF8.GetBytes(body));

    public Ask With(string header, string value)
    {
        var copy = new Ask(Method, Path, Body, ContentType);
        copy._headers.AddRange([.. _headers, (header, value)]);
        return copy;
    }

    /// <summary>With the right key for writing.</summary>
    public Ask WithKey() => With("Tsmap-Key", HostileServer.Key);

    public HttpRequestMessage Message(Uri server)
    {
        // A Uri would otherwise resolve "..", and unescape what it takes for harmless.
        var uri = new Uri(
            $"{server.AbsoluteUri.TrimEnd('/')}{Path}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var message = new HttpRequestMessage(Method, uri);
        if (Body is not null)
        {
            message.Content = new ByteArrayContent(Body);
            message.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
            // A server may answer that it is too large and close while it is still on its way: the answer would be lost.
            message.Headers.ExpectContinue = Body.Length > LargestUnasked;
        }

        foreach (var (name, value) in _headers) message.Headers.TryAddWithoutValidation(name, value);
        return message;
    }

    public override string ToString() => $"{Method} {(Path.Length > 200 ? Path[..200] + "..." : Path)}";
}

/// <summary>What came back.</summary>
internal sealed record Answer(int Status, HttpResponseHeaders Headers, string? ContentType, byte[] Bytes)
{
    public string Text => Encoding.UTF8.GetString(Bytes);

    public JsonElement Json
    {
        get
        {
            using var json = JsonDocument.Parse(Bytes);
            return json.RootElement.Clone();
        }
    }

    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;

    public string Shown => $"{Status} {(Text.Length > 600 ? Text[..600] + "..." : Text)}";
}
