using System.Text.Json;

namespace TsMapSurvey.Server.Tests;

/// <summary>
/// Compares JSON with its schema in an OpenAPI document, as far as this API's schemas need it. An undescribed property is a problem too.
/// </summary>
internal sealed class DescribedJson(JsonElement document)
{
    public IEnumerable<string> Problems(JsonElement schema, JsonElement value, string where)
    {
        if (schema.TryGetProperty("$ref", out _)) return Problems(Resolve(schema), value, where);
        if (schema.TryGetProperty("oneOf", out var choices))
            return choices.EnumerateArray().Any(choice => !Problems(choice, value, where).Any())
                ? [] : [$"{where}: {value} is none of {choices}"];
        if (!schema.TryGetProperty("type", out var type)) return [$"{where}: no type is described"];
        string[] types = type.ValueKind == JsonValueKind.Array
            ? [.. type.EnumerateArray().Select(one => one.GetString()!)] : [type.GetString()!];
        if (!types.Any(name => Is(name, value))) return [$"{where}: {value} is none of {string.Join(", ", types)}"];
        if (schema.TryGetProperty("enum", out var words) && value.ValueKind == JsonValueKind.String
            && words.EnumerateArray().All(word => word.GetString() != value.GetString()))
            return [$"{where}: {value} is none of {words}"];
        return value.ValueKind switch
        {
            JsonValueKind.Object => OfObject(schema, value, where),
            JsonValueKind.Array =>
                value.EnumerateArray().SelectMany((item, i) => Problems(schema.GetProperty("items"), item, $"{where}[{i}]")),
            _ => [],
        };
    }

    private IEnumerable<string> OfObject(JsonElement schema, JsonElement value, string where)
    {
        if (!schema.TryGetProperty("properties", out var properties)) yield break;
        var known = properties.EnumerateObject().ToDictionary(property => property.Name, property => property.Value);
        foreach (var property in value.EnumerateObject())
        {
            if (!known.TryGetValue(property.Name, out var own)) yield return $"{where}.{property.Name}: is not described";
            else
                foreach (var problem in Problems(own, property.Value, $"{where}.{property.Name}")) yield return problem;
        }

        if (!schema.TryGetProperty("required", out var required)) yield break;
        foreach (var name in required.EnumerateArray().Select(one => one.GetString()!))
            if (!value.TryGetProperty(name, out _)) yield return $"{where}.{name}: is required, and not there";
    }

    private static bool Is(string type, JsonElement value) => type switch
    {
        "null" => value.ValueKind == JsonValueKind.Null,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        _ => false,
    };

    /// <summary>What a reference refers to; anything else as it is.</summary>
    public JsonElement Resolve(JsonElement element) =>
        element.TryGetProperty("$ref", out var reference) ? Find(reference.GetString()!) : element;

    private JsonElement Find(string reference) =>
        reference.Split('/').Skip(1).Aggregate(document, (element, name) => element.GetProperty(name));
}
