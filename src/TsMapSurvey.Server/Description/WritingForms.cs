using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using TsMapSurvey.Server.Hosting;

namespace TsMapSurvey.Server.Description;

/// <summary>Describes the key that changes may require: its header, and the answer without it.</summary>
internal static class WritingForms
{
    private const string Scheme = "key";
    private const string Refused = "401";

    public static Task AddSchemeAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = WebhookKey.Header,
            Description = "One of the server's write keys (its setting Keys:Write). A server without write keys requires none.",
        };
        return Task.CompletedTask;
    }

    public static Task DescribeAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var method = context.Description.HttpMethod ?? "";
        if (HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method)) return Task.CompletedTask;
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<ReadingByPost>().Any()) return Task.CompletedTask;
        // Endpoints with another key describe it themselves.
        if (operation.Responses is null || operation.Responses.ContainsKey(Refused)) return Task.CompletedTask;
        var key = new OpenApiSecuritySchemeReference(Scheme, context.Document);
        operation.Security = [new OpenApiSecurityRequirement(), new OpenApiSecurityRequirement { [key] = [] }];
        operation.Responses[Refused] = new OpenApiResponse
        {
            Description = "The write key is missing or wrong.",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(nameof(ProblemDetails), context.Document) },
            },
        };
        return Task.CompletedTask;
    }
}
