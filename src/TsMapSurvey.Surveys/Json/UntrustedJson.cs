using System.Text;
using System.Text.Json;

namespace TsMapSurvey.Surveys.Json;

/// <summary>
/// Parses untrusted JSON. Escapes may contain an unpaired UTF-16 surrogate ("\ud800"), which JsonDocument accepts but which makes reading
/// the string fail later. Such a document is rejected as invalid JSON.
/// </summary>
public static class UntrustedJson
{
    /// <exception cref="JsonException">The text is not JSON, has more than 64 levels, or has a string with an unpaired
    /// surrogate.</exception>
    public static JsonDocument Parse(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var reader = new Utf8JsonReader(bytes);
        while (reader.Read())
        {
            if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName) || !reader.ValueIsEscaped
                || IsValidText(ref reader)) continue;
            var before = bytes.AsSpan(0, (int)reader.TokenStartIndex);
            throw new JsonException(
                "a string with an unpaired UTF-16 surrogate", null, before.Count((byte)'\n'),
                before.Length - 1 - before.LastIndexOf((byte)'\n'));
        }

        return JsonDocument.Parse(bytes);
    }

    private static bool IsValidText(ref Utf8JsonReader reader)
    {
        try
        {
            reader.GetString();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
