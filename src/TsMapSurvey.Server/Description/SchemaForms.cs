using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Surveys;
using TsMapSurvey.Surveys.Options;

namespace TsMapSurvey.Server.Description;

/// <summary>Corrects schemas where the generator does not know how the JSON is written.</summary>
internal static class SchemaForms
{
    public static Task CorrectAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;
        // The generator cannot know our converter of numbers. Properties that may be NaN are declared as double?.
        if (Number(type) is { } number) (schema.Type, schema.Format) = (number.Type, number.Format);
        else if (context.JsonTypeInfo.ElementType is { } item && Number(item) is { } ofItem) schema.Items = ofItem;
        else if (type.IsEnum) schema.Type = JsonSchemaType.String;
        else if (type == typeof(JsonElement)) schema.Type = JsonSchemaType.Object;
        else if (type == typeof(SurveyDefinition))
            schema.Properties?.Remove(JsonNamingPolicy.CamelCase.ConvertName(nameof(SurveyDefinition.Like)));
        else if (type == typeof(MapDefinition)) schema.Properties = MapOptions.All.ToDictionary(option => option.Name, OptionOfMap);
        else if (type == typeof(ProblemDetails)) AddProblemFields(schema);
        return Task.CompletedTask;
    }

    /// <summary>
    /// A property that may be null lists null and a reference to its type. Its meaning, which stands at the reference, is copied to the
    /// property, where readers look for it.
    /// </summary>
    public static Task DescribeNullableAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var schema in document.Components?.Schemas?.Values ?? [])
            foreach (var property in (schema.Properties?.Values ?? []).OfType<OpenApiSchema>())
                property.Description ??= property.OneOf?.OfType<OpenApiSchemaReference>().FirstOrDefault()?.Description;
        return Task.CompletedTask;
    }

    /// <summary>No schema name for types that say no more than a JSON type.</summary>
    public static string? Name(JsonTypeInfo type) =>
        type.Type == typeof(JsonElement) || type.Type == typeof(Stream) ? null : OpenApiOptions.CreateDefaultSchemaReferenceId(type);

    private static OpenApiSchema? Number(Type type) =>
        type == typeof(double) ? new OpenApiSchema { Type = JsonSchemaType.Number, Format = "double" }
        : type == typeof(double?) ? new OpenApiSchema { Type = JsonSchemaType.Number | JsonSchemaType.Null, Format = "double" }
        : null;

    private static IOpenApiSchema OptionOfMap(MapOption option)
    {
        var schema = Type.GetTypeCode(option.Type) switch
        {
            TypeCode.Double => Number(typeof(double))!,
            TypeCode.Int32 => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" },
            TypeCode.Boolean => new OpenApiSchema { Type = JsonSchemaType.Boolean },
            TypeCode.String => new OpenApiSchema { Type = JsonSchemaType.String },
            _ => new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
        };
        if (!MapOptions.NeverNull.Contains(option)) schema.Type |= JsonSchemaType.Null;
        schema.Description = PropertyTexts.Of(nameof(MapDefinition), option.Name) ?? option.Meaning;
        return schema;
    }

    /// <summary>The fields that <see cref="ProblemForms"/> and <see cref="ProblemWriter"/> add.</summary>
    private static void AddProblemFields(OpenApiSchema schema)
    {
        schema.Properties ??= new Dictionary<string, IOpenApiSchema>();
        schema.Properties["errors"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Array,
            Items = new OpenApiSchema { Type = JsonSchemaType.String },
            Description = "All problems found, if several can be found at once.",
        };
        schema.Properties["traceId"] =
            new OpenApiSchema { Type = JsonSchemaType.String, Description = "Identifies the request in the server's log." };
    }
}
