using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;

namespace TsMapSurvey.Server;

/// <summary>A JSON answer of the state now, with a strong tag of its bytes.</summary>
internal sealed class LiveJson<T>(T value, Standing? standing = null, int status = StatusCodes.Status200OK, string? next = null) : IResult, IEndpointMetadataProvider
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(value, JsonText.Options);
        var response = httpContext.Response;
        standing?.WriteTo(response.Headers);
        if (next is not null) response.Headers.Link = $"<{next}>; rel=\"next\"";
        response.StatusCode = status;
        if (status == StatusCodes.Status202Accepted) response.Headers.RetryAfter = "1";
        var tag = $"\"{(standing is { } known ? $"{known.Revision}-" : "")}{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 8))}\"";
        if (status != StatusCodes.Status200OK) response.Headers.CacheControl = "no-store";
        else if (EntityTag.IsKnown(httpContext, tag, EntityTag.Live)) return;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(httpContext.Request.Method)) await response.Body.WriteAsync(body, httpContext.RequestAborted);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), ["application/json"]));
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status304NotModified));
    }
}
