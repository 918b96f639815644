namespace TsMapSurvey.Fits;

/// <summary>One keyword of a header; a long string spread over CONTINUE cards is one card.</summary>
/// <param name="Keyword">Upper case; without the word HIERARCH; COMMENT, HISTORY or empty for commentary.</param>
/// <param name="Value">
/// string, long, double, bool, <see cref="System.Numerics.Complex"/>, or null where the value is undefined. The text of commentary.
/// An integer beyond 64 bits is a double. What is no FITS value at all is kept as a string of its text.
/// </param>
/// <param name="Comment">What follows the slash, trimmed; null where there is none.</param>
public readonly record struct FitsCard(string Keyword, object? Value, string? Comment)
{
    /// <summary>COMMENT, HISTORY and cards without a keyword; several of them may stand in one header.</summary>
    public bool IsCommentary => IsCommentaryKeyword(Keyword);

    internal static bool IsCommentaryKeyword(string keyword) => keyword is "COMMENT" or "HISTORY" or "" or "CONTINUE";
}
