using Microsoft.OpenApi;

namespace TsMapSurvey.Server.Description;

/// <summary>The headers of answers, for the API's description.</summary>
internal static class AnswerHeaders
{
    /// <summary>The answer says in headers which revision it is of; a file has no other place for it.</summary>
    public static RouteHandlerBuilder WithStanding(this RouteHandlerBuilder operation) => operation.WithHeaders(
        ("ETag", "Of this content; send it as If-None-Match to be told whether it changed.", Text()),
        ("Tsmap-Revision", "Revision of what the answer is made of.",
            new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" }),
        ("Tsmap-Computed-At", "When it was computed; absent where nothing was.", Text("date-time")),
        ("Tsmap-Stale", "Whether newer data are stacked already.", new OpenApiSchema { Type = JsonSchemaType.Boolean }),
        ("Tsmap-Slice", "Name of the slice.", Text()),
        ("Tsmap-Window-Start", "When the first night of the slice begins; absent of all.", Text("date-time")),
        ("Tsmap-Window-End", "When the last night of the slice ends; absent of all.", Text("date-time")),
        ("Tsmap-Missing-Tiles", "Tiles that have data and are not in the answer, separated by commas; absent where none is missing.",
            Text()));

    /// <summary>The answer is a page of a list.</summary>
    public static RouteHandlerBuilder WithPages(this RouteHandlerBuilder operation) =>
        operation.WithHeaders(("Link", "Address of the next page, with rel=\"next\"; absent on the last page.", Text()));

    private static RouteHandlerBuilder WithHeaders(
        this RouteHandlerBuilder builder, params (string Name, string Description, OpenApiSchema Schema)[] headers) =>
        builder.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            foreach (var status in new[] { "200", "202" })
            {
                if (operation.Responses?.GetValueOrDefault(status) is not OpenApiResponse answer) continue;
                answer.Headers ??= new Dictionary<string, IOpenApiHeader>();
                foreach (var (name, description, schema) in headers)
                    answer.Headers[name] = new OpenApiHeader { Description = description, Schema = schema };
            }

            return Task.CompletedTask;
        });

    private static OpenApiSchema Text(string? format = null) => new() { Type = JsonSchemaType.String, Format = format };
}
