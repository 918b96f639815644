namespace TsMapSurvey.Fits;

/// <summary>What is wrong with the cards of a file without making it unreadable: one sentence a file, however many cards it is true of.</summary>
internal sealed class HeaderWarnings
{
    private FitsHeader? _first;
    private string _card = "";
    private int _count;

    /// <summary>A card with a byte outside printable ASCII (FITS standard 4.0, 3.2): an accented letter, a tab, a padding with zeros.</summary>
    public void NotAscii(FitsHeader header, int number, string keyword)
    {
        if (_count++ > 0) return;
        _first = header;
        _card = keyword.Length == 0 ? $"card {number}" : $"card {number} ({keyword})";
    }

    public IReadOnlyList<string> ToList() => _first is null ? []
        : [_first.Place.Describe($"{_card}: found a character that is not printable ASCII, which is read as '?' (tabs and zeros as blanks){Others}")];

    private string Others => _count == 1 ? "" : $"; so have {_count - 1} other cards of the file";
}
