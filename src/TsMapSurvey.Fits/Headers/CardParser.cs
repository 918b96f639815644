using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace TsMapSurvey.Fits;

/// <summary>
/// Parses an 80-byte card into keyword, value and comment: FITS standard 4.0, 4.1 and 4.2 (fixed and free format), the HIERARCH
/// convention, and the CONTINUE card of 4.2.1.2. Lower-case keywords, logicals and exponents are accepted. Tabs and zero bytes are read as
/// blanks. Every other byte outside printable ASCII is read as a question mark, as in astropy; a number with a question mark is read as
/// text, which is an error only if the number is needed.
/// </summary>
internal static class CardParser
{
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789+-.eEdD");

    public static FitsCard Parse(ReadOnlySpan<byte> card)
    {
        Span<char> text = stackalloc char[FitsBlock.CardBytes];
        for (var i = 0; i < text.Length; i++)
            text[i] = card[i] switch { >= 0x20 and <= 0x7E => (char)card[i], 0 or (byte)'\t' => ' ', _ => '?' };
        var keyword = text[..8].TrimEnd(' ').ToString().ToUpperInvariant();
        if (FitsCard.IsCommentaryKeyword(keyword) && keyword != "CONTINUE") return Commentary(keyword, text);

        if (keyword == "HIERARCH" && text.IndexOf('=') is > 9 and var equals)
            return Valued(text[9..equals].Trim(' ').ToString().ToUpperInvariant(), text[(equals + 1)..]);
        if (keyword == "CONTINUE" || text[8..].StartsWith("= ")) return Valued(keyword, text[10..]);
        return Commentary(keyword, text);
    }

    private static FitsCard Commentary(string keyword, ReadOnlySpan<char> text) => new(keyword, text[8..].TrimEnd(' ').ToString(), null);

    private static FitsCard Valued(string keyword, ReadOnlySpan<char> field)
    {
        var value = Value(field.TrimStart(' '), out var rest);
        var slash = rest.IndexOf('/');
        var comment = slash < 0 ? "" : rest[(slash + 1)..].Trim(' ').ToString();
        return new FitsCard(keyword, value, comment.Length == 0 ? null : comment);
    }

    private static object? Value(ReadOnlySpan<char> field, out ReadOnlySpan<char> rest)
    {
        if (field.StartsWith("'") && QuotedText(field, out rest) is { } quoted) return quoted;

        var end = field.IndexOf('/');
        if (end < 0) end = field.Length;
        rest = field[end..];
        var token = field[..end].TrimEnd(' ');
        return token switch
        {
            "" => null,
            "T" or "t" => true,
            "F" or "f" => false,
            _ => Number(token),
        };
    }

    /// <summary>Text up to the closing quote, with '' for a quote and without trailing blanks; null if there is no closing quote.</summary>
    private static string? QuotedText(ReadOnlySpan<char> field, out ReadOnlySpan<char> rest)
    {
        var text = new StringBuilder();
        for (var i = 1; i < field.Length; i++)
        {
            if (field[i] != '\'')
            {
                text.Append(field[i]);
            }
            else if (i + 1 < field.Length && field[i + 1] == '\'')
            {
                text.Append('\'');
                i++;
            }
            else
            {
                rest = field[(i + 1)..];
                return text.ToString().TrimEnd(' ');
            }
        }

        rest = default;
        return null;
    }

    private static object Number(ReadOnlySpan<char> token)
    {
        if (long.TryParse(token, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer)) return integer;
        if (Real(token) is { } real) return real;
        return ComplexPair(token) is { } pair ? pair : token.ToString();
    }

    /// <summary>The characters are checked first because .NET also parses "NaN" and "Infinity".</summary>
    private static double? Real(ReadOnlySpan<char> token)
    {
        if (token.ContainsAnyExcept(NumberCharacters)) return null;
        Span<char> number = stackalloc char[FitsBlock.CardBytes];
        token.CopyTo(number);
        number = number[..token.Length];
        number.Replace('D', 'E');
        number.Replace('d', 'E');
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(number, Style, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;
    }

    private static Complex? ComplexPair(ReadOnlySpan<char> token)
    {
        if (token is not ['(', .. var pair, ')'] || pair.IndexOf(',') is not (> 0 and var comma)) return null;
        return Real(pair[..comma].Trim(' ')) is { } real && Real(pair[(comma + 1)..].Trim(' ')) is { } imaginary
            ? new Complex(real, imaginary) : null;
    }
}
