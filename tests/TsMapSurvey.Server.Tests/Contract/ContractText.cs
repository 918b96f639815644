using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace TsMapSurvey.Server.Tests.Contract;

/// <summary>Replaces everything that differs between runs by placeholders, and rounds numbers to six digits.</summary>
internal static partial class ContractText
{
    /// <summary>Properties with a time, a duration or the version of a file.</summary>
    private static readonly Dictionary<string, string> OfProperties = new()
    {
        ["reconciledAt"] = "<time or null>",
        ["eTag"] = "<etag>",
        ["seenETag"] = "<etag>",
        ["newestETag"] = "<etag>",
        ["computeSeconds"] = "<seconds>",
        ["traceId"] = "<id>",
        ["silos"] = "<names of silos>",
    };

    public static string Normal(string text)
    {
        text = Folder().Replace(text, "<folder>");
        text = Now().Replace(text, "<time>");
        text = Key().Replace(text, "<id>");
        text = Version().Replace(text, "<version>");
        return Silo().Replace(text, "<address>");
    }

    public static JsonNode? Normal(JsonNode? json, string? property = null)
    {
        if (property is not null && OfProperties.TryGetValue(property, out var placeholder)) return placeholder;
        return json switch
        {
            JsonObject all => new JsonObject(all.Select(one => KeyValuePair.Create(one.Key, Normal(one.Value, one.Key)))),
            JsonArray list => new JsonArray([.. list.Select(item => Normal(item))]),
            JsonValue value when value.GetValueKind() == JsonValueKind.String => Normal(value.GetValue<string>()),
            JsonValue value when value.GetValueKind() == JsonValueKind.Number => GoldenJson.Rounded(value.GetValue<double>()),
            _ => json?.DeepClone(),
        };
    }

    /// <summary>Observations are from 2020; later times are times of the run.</summary>
    [GeneratedRegex(@"20(2[4-9]|[3-9]\d)-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[-+]\d\d:\d\d)?")]
    private static partial Regex Now();

    [GeneratedRegex(@"\b[0-9a-f]{32}\b")]
    private static partial Regex Key();

    /// <summary>Of a HiPS: its hash contains times.</summary>
    [GeneratedRegex(@"\b\d+-[0-9a-f]{16}\b")]
    private static partial Regex Version();

    [GeneratedRegex(@"S?127\.0\.0\.1:\d+(:\d+|@\d+)?")]
    private static partial Regex Silo();

    [GeneratedRegex(@"[A-Za-z:/\\]*[/\\]tsmap-test-[A-Za-z0-9]+")]
    private static partial Regex Folder();
}
