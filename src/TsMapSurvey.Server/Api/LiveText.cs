using System.Security.Cryptography;

namespace TsMapSurvey.Server.Api;

/// <summary>An answer about the current state (JSON or a table), with a strong ETag computed from its bytes.</summary>
/// <param name="fileName">The name for saving; null: shown in the browser.</param>
/// <param name="hash">That of the body if it is known: <see cref="HashOf"/>.</param>
internal sealed class LiveText(
    byte[] body, string contentType, DataVersion? version, int status = StatusCodes.Status200OK, string? next = null,
        string? fileName = null, string? hash = null) : IResult
{
    public static string HashOf(byte[] body) => Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 8));

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        version?.WriteTo(response.Headers);
        if (next is not null) response.Headers.Link = $"<{next}>; rel=\"next\"";
        response.StatusCode = status;
        if (status == StatusCodes.Status202Accepted) response.Headers.RetryAfter = "1";
        var tag = $"\"{(version is { } known ? $"{known.Revision}-" : "")}{hash ?? HashOf(body)}\"";
        if (status != StatusCodes.Status200OK) response.Headers.CacheControl = "no-store";
        else if (EntityTag.IsKnown(httpContext, tag, EntityTag.Live)) return;
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        if (fileName is not null) response.Headers.ContentDisposition = $"attachment; filename=\"{fileName}\"";
        if (!HttpMethods.IsHead(httpContext.Request.Method)) await response.Body.WriteAsync(body, httpContext.RequestAborted);
    }
}
