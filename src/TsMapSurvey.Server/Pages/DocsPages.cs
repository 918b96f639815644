using Microsoft.OpenApi;
using Scalar.AspNetCore;
using TsMapSurvey.Server.Description;

namespace TsMapSurvey.Server.Pages;

/// <summary>The OpenAPI document, and its reader at /docs.</summary>
internal static class DocsPages
{
    public const string Path = "/docs";

    public static void AddServices(IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "TsMapSurvey",
                Version = "v1",
                Description =
                    "Live test-statistic maps of a gamma-ray survey. Positions are right ascension and declination in degrees, ICRS. "
                    + "Answers about data carry revision, computedAt and stale: in the body, or as the headers Tsmap-Revision, "
                        + "Tsmap-Computed-At and Tsmap-Stale. "
                    + "revision is that of the data in the answer: it counts up with every change of a tile's stack, and of several tiles "
                        + "it is the sum. "
                    + "computedAt is when the newest map that the answer is made of was computed, or the stack was committed where it is "
                        + "made of no map. "
                    + "stale is true where a map that the answer is made of, or speaks of, is of an earlier revision than the newest that "
                        + "is committed. Errors are application/problem+json.",
            };
            document.Servers?.Clear();
            return Task.CompletedTask;
        });
        options.CreateSchemaReferenceId = SchemaForms.Name;
        options.AddSchemaTransformer(SchemaForms.CorrectAsync);
        options.AddSchemaTransformer(PropertyTexts.DescribeAsync);
        options.AddOperationTransformer(ParameterTexts.DescribeAsync);
        options.AddOperationTransformer(WritingForms.DescribeAsync);
        options.AddDocumentTransformer(WritingForms.AddSchemeAsync);
    });

    public static void Map(WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json");
        app.MapScalarApiReference(Path, options =>
        {
            options.Title = "TsMapSurvey API";
            // Everything that would ask servers of others: fonts, assistants, telemetry, proxies.
            options.DefaultFonts = false;
            options.Telemetry = false;
            options.ShowDeveloperTools = DeveloperToolsVisibility.Never;
            options.Agent = new ScalarAgentOptions { Disabled = true };
            options.Mcp = new ScalarMcpOptions { Disabled = true };
            options.HideClientButton = true;
            options.WithOpenApiRoutePattern("/openapi/{documentName}.json");
        });
    }
}
