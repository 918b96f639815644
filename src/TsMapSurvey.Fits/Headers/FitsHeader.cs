using System.Collections;

namespace TsMapSurvey.Fits;

/// <summary>
/// The cards of an HDU in file order, without END and without blank cards. Keywords are case-insensitive. If a keyword occurs several
/// times, the first card is used. Getters return null for an absent keyword and for an undefined value.
/// </summary>
public sealed partial class FitsHeader : IEnumerable<FitsCard>
{
    private readonly List<FitsCard> _cards = [];
    private readonly Dictionary<string, int> _first = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The file and HDU that exceptions of the getters name.</summary>
    internal FitsPlace Place { get; set; } = FitsPlace.None;

    /// <summary>Number of cards; a long string counts once.</summary>
    public int Count => _cards.Count;

    /// <summary>The card at a 0-based index.</summary>
    public FitsCard this[int index] => _cards[index];

    public bool Contains(string key) => _first.ContainsKey(Normal(key));

    /// <summary>The first card of a keyword, or null.</summary>
    public FitsCard? Find(string key) => _first.TryGetValue(Normal(key), out var index) ? _cards[index] : null;

    public IEnumerator<FitsCard> GetEnumerator() => _cards.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>
    /// Replaces the first card of a keyword, or appends a card. A null comment keeps the previous comment. Null text is an undefined value.
    /// </summary>
    public FitsHeader Set(string key, string? value, string? comment = null) => Put(key, value, comment);

    /// <inheritdoc cref="Set(string, string?, string?)"/>
    public FitsHeader Set(string key, long value, string? comment = null) => Put(key, value, comment);

    /// <inheritdoc cref="Set(string, string?, string?)"/>
    /// <remarks>FITS headers cannot hold NaN or infinity: writing such a header throws.</remarks>
    public FitsHeader Set(string key, double value, string? comment = null) => Put(key, value, comment);

    /// <inheritdoc cref="Set(string, string?, string?)"/>
    public FitsHeader Set(string key, bool value, string? comment = null) => Put(key, value, comment);

    /// <summary>Appends a COMMENT; a long text takes several cards when written.</summary>
    public FitsHeader AddComment(string text) => Append(new FitsCard("COMMENT", text, null));

    /// <summary>Appends a HISTORY; a long text takes several cards when written.</summary>
    public FitsHeader AddHistory(string text) => Append(new FitsCard("HISTORY", text, null));

    /// <summary>Removes all cards of a keyword. Returns false if there was none.</summary>
    public bool Remove(string key)
    {
        var normal = Normal(key);
        if (_cards.RemoveAll(card => card.Keyword.Equals(normal, StringComparison.OrdinalIgnoreCase)) == 0) return false;
        _first.Clear();
        for (var i = 0; i < _cards.Count; i++) _first.TryAdd(_cards[i].Keyword, i);
        return true;
    }

    public FitsHeader Copy()
    {
        var copy = new FitsHeader { Place = Place };
        foreach (var card in _cards) copy.Append(card);
        return copy;
    }

    internal FitsHeader Append(FitsCard card)
    {
        _first.TryAdd(card.Keyword, _cards.Count);
        _cards.Add(card);
        return this;
    }

    private FitsHeader Put(string key, object? value, string? comment)
    {
        var normal = Normal(key);
        if (FitsCard.IsCommentaryKeyword(normal) || !_first.TryGetValue(normal, out var index))
            return Append(new FitsCard(normal, value, comment));
        _cards[index] = new FitsCard(normal, value, comment ?? _cards[index].Comment);
        return this;
    }

    /// <summary>Whether a keyword is the prefix followed by a number, such as NAXIS2.</summary>
    internal static bool IsIndexed(string keyword, string prefix) =>
        keyword.StartsWith(prefix, StringComparison.Ordinal) && keyword.Length > prefix.Length
            && !keyword.AsSpan(prefix.Length).ContainsAnyExceptInRange('0', '9');

    private static string Normal(string key)
    {
        var normal = key.Trim().ToUpperInvariant();
        return normal.StartsWith("HIERARCH ", StringComparison.Ordinal) ? normal[9..].TrimStart() : normal;
    }
}
