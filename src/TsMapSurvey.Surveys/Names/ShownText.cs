namespace TsMapSurvey.Surveys.Names;

/// <summary>Text of a stranger in a message.</summary>
public static class ShownText
{
    private const int Longest = 100;

    /// <summary>Short and printable.</summary>
    public static string Of(string? text) =>
        new([.. (text is null ? "nothing" : text.Length > Longest ? text[..Longest] + "..." : text)
            .Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c)]);
}
