namespace TsMapSurvey.Fits;

/// <summary>Collects defects of cards that do not prevent reading the file. All affected cards of a file give one sentence.</summary>
internal sealed class HeaderWarnings
{
    private FitsHeader? _first;
    private string _card = "";
    private int _count;

    /// <summary>
    /// Adds a card with a byte outside printable ASCII (FITS standard 4.0, 3.2), such as an accented letter, a tab, or padding with zeros.
    /// </summary>
    public void AddNotAscii(FitsHeader header, int number, string keyword)
    {
        if (_count++ > 0) return;
        _first = header;
        _card = keyword.Length == 0 ? $"card {number}" : $"card {number} ({keyword})";
    }

    public IReadOnlyList<string> ToList() => _first is null ? []
        : [_first.Place.Describe(
            $"{_card}: found a character that is not printable ASCII and is read as '?' (tabs and zero bytes as blanks){Others}")];

    private string Others => _count == 1 ? "" : $"; the same was found in {_count - 1} other cards of the file";
}
