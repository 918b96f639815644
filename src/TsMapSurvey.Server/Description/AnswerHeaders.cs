using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace TsMapSurvey.Server.Description;

/// <summary>Describes the headers of answers in the OpenAPI document.</summary>
internal static class AnswerHeaders
{
    /// <summary>The headers that state the revision of the answer's data. A file has no other place for it.</summary>
    private static readonly (string Name, string Description, OpenApiSchema Schema)[] Version =
    [
        ("ETag", "Version of this content. Send it as If-None-Match to get 304 if nothing has changed.", Text()),
        ("Tsmap-Revision", "Revision of the data in the answer.",
            new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" }),
        ("Tsmap-Computed-At", "When the data were computed; absent if nothing was computed.", Text("date-time")),
        ("Tsmap-Stale", "Whether newer data have been stacked since.", new OpenApiSchema { Type = JsonSchemaType.Boolean }),
        ("Tsmap-Slice", "Name of the slice.", Text()),
        ("Tsmap-Window-Start", "Start of the first night of the slice; absent for the slice all.", Text("date-time")),
        ("Tsmap-Window-End", "End of the last night of the slice; absent for the slice all.", Text("date-time")),
        ("Tsmap-Missing-Tiles", "Tiles that have data but are not in the answer, separated by commas; absent if none is missing.", Text()),
    ];

    private static readonly (string Name, string Description, OpenApiSchema Schema) Next =
        ("Link", "URL of the next page, with rel=\"next\"; absent on the last page.", Text());

    public static RouteHandlerBuilder WithVersionHeaders(this RouteHandlerBuilder operation) =>
        operation.WithHeaders([.. Version.Select(header => header.Name)]);

    public static RouteHandlerBuilder WithPages(this RouteHandlerBuilder operation) => operation.WithHeaders(Next.Name);

    /// <summary>Describes the headers once, for the operations to refer to.</summary>
    public static Task AddAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        var headers = (document.Components ??= new OpenApiComponents()).Headers ??= new Dictionary<string, IOpenApiHeader>();
        foreach (var (name, description, schema) in Version.Append(Next))
            headers[name] = new OpenApiHeader { Description = description, Schema = schema };
        return Task.CompletedTask;
    }

    private static RouteHandlerBuilder WithHeaders(this RouteHandlerBuilder builder, params string[] names) =>
        builder.AddOpenApiOperationTransformer((operation, context, _) =>
        {
            foreach (var status in new[] { "200", "202" })
            {
                if (operation.Responses?.GetValueOrDefault(status) is not OpenApiResponse answer) continue;
                answer.Headers ??= new Dictionary<string, IOpenApiHeader>();
                foreach (var name in names) answer.Headers[name] = new OpenApiHeaderReference(name, context.Document);
            }

            return Task.CompletedTask;
        });

    private static OpenApiSchema Text(string? format = null) => new() { Type = JsonSchemaType.String, Format = format };
}
