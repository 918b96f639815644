using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using TsMapSurvey.Tables;

namespace TsMapSurvey.Server.Api.Points;

/// <summary>An answer about the current state as JSON or as a table.</summary>
/// <param name="written">The JSON if it was already written.</param>
internal sealed class TableAnswer<T>(
    TableForm form, T json, Func<DataTable> table, DataVersion version, string fileName, int status = StatusCodes.Status200OK,
    string? next = null, WrittenJson<T>? written = null) : IResult, IEndpointMetadataProvider
{
    public Task ExecuteAsync(HttpContext httpContext) => form.Format is { } format
        ? new LiveText(TableFile.Format(table(), format), form.FullContentType, version, status, next, $"{fileName}.{form.Name}")
            .ExecuteAsync(httpContext)
        : written is not null
        ? new LiveText(written.Json, LiveJson<T>.ContentType, version, status, next, hash: written.Hash).ExecuteAsync(httpContext)
        : new LiveJson<T>(json, version, status, next).ExecuteAsync(httpContext);

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), ["application/json"]));
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status304NotModified));
    }
}
