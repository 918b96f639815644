using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace TsMapSurvey.Server.Api;

/// <summary>How every answer is written: camelCase, words for enumerations, null for what is not finite.</summary>
internal static class JsonText
{
    public static JsonSerializerOptions Options { get; } = Apply(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    public static JsonSerializerOptions Apply(JsonSerializerOptions options)
    {
        options.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
        // Numbers are read and written as numbers only; the API's description says the same.
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Converters.Add(new NumberOrNull());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        return options;
    }
}
