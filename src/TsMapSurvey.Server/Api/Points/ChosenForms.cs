using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace TsMapSurvey.Server.Api.Points;

/// <summary>
/// Marks an endpoint whose format the request chooses, for the OpenAPI document: ASP.NET Core keeps only the last content type of a status
/// whose types have different schemas.
/// </summary>
internal sealed record ChosenForms(IReadOnlyList<TableForm> Forms)
{
    public static Task DescribeAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var chosen = context.Description.ActionDescriptor.EndpointMetadata.OfType<ChosenForms>().FirstOrDefault();
        if (chosen is null || operation.Responses?.GetValueOrDefault("200") is not OpenApiResponse { Content: { } content })
            return Task.CompletedTask;
        var file = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" };
        foreach (var form in chosen.Forms.Where(form => form.Format is not null))
            content[form.ContentType] = new OpenApiMediaType { Schema = file };
        return Task.CompletedTask;
    }
}
