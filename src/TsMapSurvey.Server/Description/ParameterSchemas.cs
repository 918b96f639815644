using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using TsMapSurvey.Server.Api;

namespace TsMapSurvey.Server.Description;

/// <summary>What a parameter may be, as a JSON schema.</summary>
internal static class ParameterSchemas
{
    public static OpenApiSchema Text(string? pattern = null, int? longest = null, string? otherwise = null) =>
        new() { Type = JsonSchemaType.String, Pattern = pattern, MaxLength = longest, Default = Default(otherwise) };

    public static OpenApiSchema Word(IEnumerable<string> known, string? otherwise = null) =>
        new()
        {
            Type = JsonSchemaType.String,
            Enum = [.. known.Select(word => (JsonNode)JsonValue.Create(word))],
            Default = Default(otherwise)
        };

    public static OpenApiSchema Flag() => new() { Type = JsonSchemaType.Boolean, Default = JsonValue.Create(false) };

    public static OpenApiSchema Whole(string format, int least, int? most = null, int? otherwise = null) => new()
    {
        Type = JsonSchemaType.Integer,
        Format = format,
        Minimum = Shown(least),
        Maximum = most is { } upper ? Shown(upper) : null,
        Default = otherwise is { } value ? JsonValue.Create(value) : null,
    };

    public static OpenApiSchema Number(NumberParameter parameter) => new()
    {
        Type = JsonSchemaType.Number,
        Format = "double",
        Minimum = Shown(parameter.Least),
        Maximum = Shown(parameter.Most),
        Default = double.IsNaN(parameter.Otherwise) ? null : JsonValue.Create(parameter.Otherwise),
    };

    private static JsonValue? Default(string? text) => text is null ? null : JsonValue.Create(text);

    private static string Shown(double number) => number.ToString(CultureInfo.InvariantCulture);
}
