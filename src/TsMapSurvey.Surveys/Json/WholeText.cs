using System.Text;
using System.Text.Json;

namespace TsMapSurvey.Surveys.Json;

/// <summary>
/// JSON of unknown origin. Its escapes may write half of a UTF-16 pair ("\ud800"), which the parser lets through and which is no text:
/// whoever read that string later would fail. Such a document is refused as one that is no JSON.
/// </summary>
public static class WholeText
{
    /// <exception cref="JsonException">No JSON, deeper than 64 levels, or a text in it is half a pair.</exception>
    public static JsonDocument Parse(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var reader = new Utf8JsonReader(bytes);
        while (reader.Read())
        {
            if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName) || !reader.ValueIsEscaped
                || IsText(ref reader)) continue;
            var before = bytes.AsSpan(0, (int)reader.TokenStartIndex);
            throw new JsonException(
                "a text with half of a UTF-16 pair", null, before.Count((byte)'\n'), before.Length - 1 - before.LastIndexOf((byte)'\n'));
        }

        return JsonDocument.Parse(bytes);
    }

    private static bool IsText(ref Utf8JsonReader reader)
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
