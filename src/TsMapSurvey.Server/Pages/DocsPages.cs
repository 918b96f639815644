using Microsoft.OpenApi;
using Scalar.AspNetCore;
using TsMapSurvey.Server.Api.Points;
using TsMapSurvey.Server.Description;
using TsMapSurvey.Server.Failures;

namespace TsMapSurvey.Server.Pages;

/// <summary>The OpenAPI document, and its viewer at /docs.</summary>
internal static class DocsPages
{
    public const string Path = "/docs";
    private const string Document = "v1";

    // The viewer of the API documentation has inline styles. It is served by this server and loads nothing from elsewhere.
    private const string Policy = "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; "
        + "worker-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>The content security policy of the viewer, whose script has a new nonce in each answer; null for other pages.</summary>
    public static string? PolicyOf(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments(Path)) return null;
        var script = context.Items[ScalarOptions.NonceHttpContextItemKey] is string nonce ? $" 'nonce-{nonce}'" : "";
        return $"default-src 'none'; script-src 'self'{script}; {Policy}";
    }

    public static void AddServices(IServiceCollection services) => services.AddOpenApi(Document, options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "TsMapSurvey",
                Version = "v1",
                Description =
                    "Live test-statistic maps of a gamma-ray survey. Positions are right ascension and declination in degrees, ICRS, "
                    + "unless a parameter says otherwise. Answers about data have revision, computedAt and stale, in the body or as the "
                    + "headers Tsmap-Revision, Tsmap-Computed-At and Tsmap-Stale. revision is the revision of the data in the answer: it "
                    + "increases with every change of a tile's stack; for several tiles it is the sum of their revisions. computedAt is "
                    + "when the newest map in the answer was computed, or, for an answer without a map, when the stack was committed. "
                    + "stale is true if a map in the answer is of an earlier revision than the newest committed one. Errors are "
                    + "application/problem+json.",
            };
            document.Servers?.Clear();
            return Task.CompletedTask;
        });
        options.CreateSchemaReferenceId = SchemaForms.Name;
        options.AddSchemaTransformer(SchemaForms.CorrectAsync);
        options.AddSchemaTransformer(PropertyTexts.DescribeAsync);
        options.AddOperationTransformer(ParameterTexts.DescribeAsync);
        options.AddOperationTransformer(ChosenForms.DescribeAsync);
        options.AddOperationTransformer(AccessForms.DescribeAsync);
        options.AddDocumentTransformer(AccessForms.AddSchemesAsync);
        options.AddDocumentTransformer(AnswerHeaders.AddAsync);
        options.AddDocumentTransformer(SchemaForms.DescribeNullableAsync);
    });

    public static void Map(WebApplication app)
    {
        app.MapOpenApi($"/openapi/{{documentName:regex(^{Document}$)}}.json");
        app.MapScalarApiReference(Path, options =>
        {
            options.Title = "TsMapSurvey API";
            options.WithNonce();
            // Off: everything that contacts other servers, such as fonts, assistants, telemetry and proxies.
            options.DefaultFonts = false;
            options.Telemetry = false;
            options.ShowDeveloperTools = DeveloperToolsVisibility.Never;
            options.Agent = new ScalarAgentOptions { Disabled = true };
            options.Mcp = new ScalarMcpOptions { Disabled = true };
            options.HideClientButton = true;
            options.WithOpenApiRoutePattern("/openapi/{documentName}.json");
        }).AddEndpointFilter((context, next) =>
            context.HttpContext.GetRouteValue("documentName") is null or "" or Document ? next(context) : throw RequestErrors.NoDocument());
    }
}
