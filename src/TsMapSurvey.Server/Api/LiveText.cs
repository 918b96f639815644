using System.Security.Cryptography;

namespace TsMapSurvey.Server.Api;

/// <summary>An answer of the state now, with a strong tag of its bytes: JSON, or a table.</summary>
/// <param name="fileName">Offered for saving; null: shown.</param>
internal sealed class LiveText(
    byte[] body, string contentType, Standing? standing, int status = StatusCodes.Status200OK, string? next = null,
        string? fileName = null) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        standing?.WriteTo(response.Headers);
        if (next is not null) response.Headers.Link = $"<{next}>; rel=\"next\"";
        response.StatusCode = status;
        if (status == StatusCodes.Status202Accepted) response.Headers.RetryAfter = "1";
        var hash = Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 8));
        var tag = $"\"{(standing is { } known ? $"{known.Revision}-" : "")}{hash}\"";
        if (status != StatusCodes.Status200OK) response.Headers.CacheControl = "no-store";
        else if (EntityTag.IsKnown(httpContext, tag, EntityTag.Live)) return;
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        if (fileName is not null) response.Headers.ContentDisposition = $"attachment; filename=\"{fileName}\"";
        if (!HttpMethods.IsHead(httpContext.Request.Method)) await response.Body.WriteAsync(body, httpContext.RequestAborted);
    }
}
