using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace TsMapSurvey.Server.Api;

/// <summary>JSON format of all answers: camelCase names, enumerations as words, non-finite numbers as null.</summary>
internal static class JsonText
{
    public static JsonSerializerOptions Options { get; } = Apply(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    public static JsonSerializerOptions Apply(JsonSerializerOptions options)
    {
        options.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
        // Numbers in strings are rejected, in accordance with the OpenAPI document.
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Converters.Add(new NumberOrNull());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        return options;
    }
}
