using System.Text;

namespace TsMapSurvey.Fits;

/// <summary>Reads the cards of one header, block by block, up to END.</summary>
internal sealed class HeaderReader
{
    private readonly FitsSource _source;
    private readonly FitsHeader _header;
    private readonly int _maxCards;
    private readonly FitsLimits _limits;
    private readonly HeaderWarnings _warnings;
    private FitsCard? _pending;
    private StringBuilder? _text;
    private int _cards;

    private HeaderReader(FitsSource source, FitsHeader header, int maxCards, FitsLimits limits, HeaderWarnings warnings)
    {
        _source = source;
        _header = header;
        _maxCards = maxCards;
        _limits = limits;
        _warnings = warnings;
    }

    /// <summary>Reads the cards at an offset into a header.</summary>
    /// <param name="header">An empty header whose place is set.</param>
    /// <param name="cards">Number of cards read, including END and blank cards.</param>
    public static void Read(FitsSource source, long offset, FitsHeader header, int maxCards, FitsLimits limits, HeaderWarnings warnings,
        out int cards)
    {
        var reader = new HeaderReader(source, header, maxCards, limits, warnings);
        Span<byte> block = stackalloc byte[FitsBlock.Bytes];
        for (var number = 1; ; number++, offset += FitsBlock.Bytes)
        {
            var count = source.Read(offset, block);
            if (count == 0) throw FitsErrors.HeaderWithoutEnd(header.Place, reader._cards);
            if (reader.ReadBlock(block[..(count - (count % FitsBlock.CardBytes))])) break;
            if (count < FitsBlock.Bytes) throw FitsErrors.TruncatedHeader(header.Place, number, count);
        }

        cards = reader._cards;
    }

    /// <summary>Returns true if the block contains END. A last block that is truncated after END is accepted.</summary>
    private bool ReadBlock(ReadOnlySpan<byte> block)
    {
        for (; block.Length > 0; block = block[FitsBlock.CardBytes..])
        {
            if (++_cards > _maxCards)
                throw FitsErrors.TooLarge(_header.Place, "cards in all headers", $"more than {_limits.MaxHeaderCards}",
                    _limits.MaxHeaderCards, nameof(FitsLimits.MaxHeaderCards));
            var card = block[..FitsBlock.CardBytes];
            if (IsEnd(card))
            {
                FinishCard();
                return true;
            }

            if (card.ContainsAnyExcept(" \0\t"u8)) Add(Parse(card));
        }

        return false;
    }

    private static bool IsEnd(ReadOnlySpan<byte> card) =>
        card.StartsWith("END     "u8) || (card.StartsWith("END"u8) && !card[3..].ContainsAnyExcept(" \0\t"u8));

    private FitsCard Parse(ReadOnlySpan<byte> bytes)
    {
        var card = CardParser.Parse(bytes);
        if (bytes.ContainsAnyExceptInRange((byte)' ', (byte)'~')) _warnings.AddNotAscii(_header, _cards, card.Keyword);
        return card;
    }

    private void Add(FitsCard card)
    {
        if (card.Keyword == "CONTINUE" && card.Value is string more && _pending is { } pending && IsContinued(pending))
        {
            _text ??= new StringBuilder((string)pending.Value!);
            _text.Length--;
            _text.Append(more);
            var comment = card.Comment is null ? pending.Comment
                : pending.Comment is null ? card.Comment : $"{pending.Comment} {card.Comment}";
            _pending = pending with { Comment = comment?.Length > 1024 ? pending.Comment : comment };
            return;
        }

        FinishCard();
        _pending = card;
    }

    private bool IsContinued(FitsCard card) =>
        !card.IsCommentary && (_text is null ? card.Value is string text && text.EndsWith('&') : _text.Length > 0 && _text[^1] == '&');

    private void FinishCard()
    {
        if (_pending is { } card) _header.Append(_text is null ? card : card with { Value = _text.ToString() });
        _pending = null;
        _text = null;
    }
}
