namespace TsMapSurvey.Surveys.Names;

/// <summary>Prepares untrusted text for messages.</summary>
public static class MessageText
{
    private const int MaxLength = 100;

    /// <summary>The text, truncated and with control characters replaced by '?'.</summary>
    public static string Of(string? text) =>
        new([.. (text is null ? "nothing" : text.Length > MaxLength ? text[..MaxLength] + "..." : text)
            .Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c)]);
}
