namespace TsMapSurvey.Fits;

/// <summary>A keyword of a header with its value. A long string over several CONTINUE cards is one card.</summary>
/// <param name="Keyword">Upper case, without the prefix HIERARCH; COMMENT, HISTORY or empty for commentary.</param>
/// <param name="Value">
/// string, long, double, bool, <see cref="System.Numerics.Complex"/>, or null if the value is undefined; for commentary its text. An
/// integer that does not fit into 64 bits is a double. A value that is not valid FITS is a string of its text.
/// </param>
/// <param name="Comment">The text after the slash, trimmed; null if there is none.</param>
public readonly record struct FitsCard(string Keyword, object? Value, string? Comment)
{
    /// <summary>COMMENT, HISTORY, CONTINUE and cards without a keyword; a header may have several of each.</summary>
    public bool IsCommentary => IsCommentaryKeyword(Keyword);

    internal static bool IsCommentaryKeyword(string keyword) => keyword is "COMMENT" or "HISTORY" or "" or "CONTINUE";
}
