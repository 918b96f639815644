namespace TsMapSurvey.Sky;

/// <summary>
/// The name of a tile: 1 to 32 characters of a-z, 0-9, '-' and '_', parsed by its tiling (<see cref="ITiling.TryParse"/>). It never
/// changes, and is safe in URLs, file names and blob names.
/// </summary>
/// <exception cref="SkyException">The text has another length or other characters.</exception>
public readonly record struct TileId
{
    private const int LongestText = 32;
    private readonly string? _text;

    public TileId(string text) => _text = IsText(text) ? text : throw SkyErrors.BadTileText(text);

    public override string ToString() => _text ?? "";

    private static bool IsText(string text) =>
        text.Length is > 0 and <= LongestText
        && text.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-' or '_');
}
