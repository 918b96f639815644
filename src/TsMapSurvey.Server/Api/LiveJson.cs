using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;

namespace TsMapSurvey.Server.Api;

/// <summary>A JSON answer about the current state, with a strong ETag computed from its bytes.</summary>
internal sealed class LiveJson<T>(T value, DataVersion? version = null, int status = StatusCodes.Status200OK, string? next = null)
    : IResult, IEndpointMetadataProvider
{
    public const string ContentType = "application/json; charset=utf-8";

    public Task ExecuteAsync(HttpContext httpContext) =>
        new LiveText(JsonSerializer.SerializeToUtf8Bytes(value, JsonText.Options), ContentType, version, status, next)
            .ExecuteAsync(httpContext);

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), ["application/json"]));
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status304NotModified));
    }
}
