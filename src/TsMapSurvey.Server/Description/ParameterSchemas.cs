using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using TsMapSurvey.Server.Api;

namespace TsMapSurvey.Server.Description;

internal static class ParameterSchemas
{
    /// <summary>Longer texts are no name of anything.</summary>
    private const int MaxTextLength = 1000;

    public static OpenApiSchema Text(string? pattern = null, int? maxLength = null, string? defaultValue = null) =>
        new()
        {
            Type = JsonSchemaType.String,
            Pattern = pattern,
            MaxLength = maxLength ?? MaxTextLength,
            Default = DefaultNode(defaultValue),
        };

    public static OpenApiSchema Enumeration(IEnumerable<string> known, string? defaultValue = null) =>
        new()
        {
            Type = JsonSchemaType.String,
            Enum = [.. known.Select(word => (JsonNode)JsonValue.Create(word))],
            Default = DefaultNode(defaultValue)
        };

    public static OpenApiSchema Flag() => new() { Type = JsonSchemaType.Boolean, Default = JsonValue.Create(false) };

    public static OpenApiSchema Integer(string format, int min, int? max = null, int? defaultValue = null) => new()
    {
        Type = JsonSchemaType.Integer,
        Format = format,
        Minimum = Format(min),
        Maximum = max is { } upper ? Format(upper) : format == "int64" ? $"{long.MaxValue}" : Format(int.MaxValue),
        Default = defaultValue is { } value ? JsonValue.Create(value) : null,
    };

    public static OpenApiSchema Number(NumberParameter parameter) => new()
    {
        Type = JsonSchemaType.Number,
        Format = "double",
        Minimum = Format(parameter.Min),
        Maximum = Format(parameter.Max),
        Default = double.IsNaN(parameter.Default) ? null : JsonValue.Create(parameter.Default),
    };

    private static JsonValue? DefaultNode(string? text) => text is null ? null : JsonValue.Create(text);

    private static string Format(double number) => number.ToString(CultureInfo.InvariantCulture);
}
