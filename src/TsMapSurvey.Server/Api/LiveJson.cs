using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;

namespace TsMapSurvey.Server.Api;

/// <summary>A JSON answer of the state now, with a strong tag of its bytes.</summary>
internal sealed class LiveJson<T>(T value, Standing? standing = null, int status = StatusCodes.Status200OK, string? next = null)
    : IResult, IEndpointMetadataProvider
{
    public Task ExecuteAsync(HttpContext httpContext) =>
        new LiveText(JsonSerializer.SerializeToUtf8Bytes(value, JsonText.Options), "application/json; charset=utf-8", standing, status,
            next).ExecuteAsync(httpContext);

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), ["application/json"]));
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status304NotModified));
    }
}
