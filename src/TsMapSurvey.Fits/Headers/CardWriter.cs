using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace TsMapSurvey.Fits;

/// <summary>
/// Writes cards as bytes: fixed format if the value fits, HIERARCH for keywords that are not 1-8 characters of A-Z 0-9 - _, CONTINUE for
/// text longer than a card. Comments are cut at the end of their card. Characters outside printable ASCII are written as question marks in
/// commentary and comments, and throw in values.
/// </summary>
internal sealed class CardWriter(FitsPlace place)
{
    private const int ValueEnd = 30;

    private static readonly SearchValues<char> KeywordCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");

    private readonly StringBuilder _cards = new();

    /// <summary>All cards and END, padded to whole blocks.</summary>
    public byte[] Finish()
    {
        var bytes = new byte[FitsBlock.RoundUp(_cards.Length + FitsBlock.CardBytes)];
        bytes.AsSpan().Fill((byte)' ');
        Encoding.ASCII.GetBytes($"{_cards}END", bytes);
        return bytes;
    }

    public void Write(FitsCard card)
    {
        if (card.IsCommentary) WriteCommentary(card.Keyword, card.Value as string ?? "");
        else if (card.Value is string text) WriteText(card, Escape(card.Keyword, text));
        else Line(Prefix(card.Keyword), Format(card), card.Comment, ValueEnd);
    }

    /// <summary>Whether a card needs CONTINUE cards, which the OGIP convention announces by LONGSTRN.</summary>
    public static bool IsLong(FitsCard card) =>
        !card.IsCommentary && card.Value is string text
            && text.Length + text.Count(c => c == '\'') > FitsBlock.CardBytes - 2 - PrefixLength(card.Keyword);

    private static bool IsStandard(string keyword) => keyword.Length <= 8 && !keyword.AsSpan().ContainsAnyExcept(KeywordCharacters);

    private static int PrefixLength(string keyword) => IsStandard(keyword) ? 10 : "HIERARCH ".Length + keyword.Length + "= ".Length;

    private string Prefix(string keyword)
    {
        if (IsStandard(keyword)) return $"{keyword,-8}= ";
        if (keyword.Any(c => c is < ' ' or > '~' or '=') || keyword.Length > 60)
            throw FitsErrors.NotWritable(place, "keyword", keyword, "at most 60 characters of printable ASCII without '='");
        return $"HIERARCH {keyword}= ";
    }

    private void WriteText(FitsCard card, string escaped)
    {
        var prefix = Prefix(card.Keyword);
        if (prefix.Length + escaped.Length + 2 <= FitsBlock.CardBytes)
        {
            Line(prefix, $"'{escaped,-8}'", card.Comment, ValueEnd);
            return;
        }

        while (prefix.Length + escaped.Length + 2 > FitsBlock.CardBytes)
        {
            var cut = FitsBlock.CardBytes - prefix.Length - 3;
            // Keep a doubled quote in one card: cutting after an odd number of quotes would split it.
            if (escaped.AsSpan(0, cut).Length - escaped.AsSpan(0, cut).TrimEnd('\'').Length is var quotes && quotes % 2 == 1) cut--;
            Line(prefix, $"'{escaped[..cut]}&'", null, 0);
            escaped = escaped[cut..];
            prefix = "CONTINUE  ";
        }

        Line(prefix, $"'{escaped}'", card.Comment, 0);
    }

    private void WriteCommentary(string keyword, string text)
    {
        const int Width = FitsBlock.CardBytes - 8;
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
            for (var start = 0; start == 0 || start < line.Length; start += Width)
                Line($"{keyword,-8}", Printable(line.Substring(start, Math.Min(Width, line.Length - start))), null, 0);
    }

    private void Line(string prefix, string value, string? comment, int end)
    {
        var line = prefix + (value.StartsWith('\'') ? value : value.PadLeft(Math.Max(0, end - prefix.Length)));
        if (line.Length > FitsBlock.CardBytes) throw FitsErrors.NotWritable(place, "card", line, "at most 80 characters");
        if (!string.IsNullOrEmpty(comment) && line.Length < FitsBlock.CardBytes - 4)
            line = $"{line.PadRight(end)} / {Printable(comment)}";
        _cards.Append(line.Length > FitsBlock.CardBytes ? line[..FitsBlock.CardBytes] : line.PadRight(FitsBlock.CardBytes));
    }

    private string Escape(string keyword, string text) =>
        text.AsSpan().ContainsAnyExceptInRange(' ', '~')
            ? throw FitsErrors.NotWritable(place, $"card {keyword}", text, "printable ASCII")
            : text.Replace("'", "''", StringComparison.Ordinal);

    private string Format(FitsCard card) => card.Value switch
    {
        null => "",
        bool flag => flag ? "T" : "F",
        long number => number.ToString(CultureInfo.InvariantCulture),
        double number => Format(card.Keyword, number),
        Complex pair => $"({Format(card.Keyword, pair.Real)}, {Format(card.Keyword, pair.Imaginary)})",
        var other =>
            throw FitsErrors.NotWritable(place, $"card {card.Keyword}", other, "text, an integer, a real, a complex number or a boolean"),
    };

    /// <summary>The shortest digits that parse to the same double, always with a decimal point.</summary>
    private string Format(string keyword, double number)
    {
        if (!double.IsFinite(number)) throw FitsErrors.NotWritable(place, $"card {keyword}", number, "a finite number");
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        if (text.Contains('.')) return text;
        var exponent = text.IndexOf('E');
        return exponent < 0 ? $"{text}.0" : text.Insert(exponent, ".0");
    }

    private static string Printable(string text) => string.Create(text.Length, text, static (shown, original) =>
    {
        for (var i = 0; i < shown.Length; i++) shown[i] = original[i] is >= ' ' and <= '~' ? original[i] : '?';
    });
}
