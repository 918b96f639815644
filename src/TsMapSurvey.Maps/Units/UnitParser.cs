using System.Globalization;

namespace TsMapSurvey.Maps.Units;

/// <summary>
/// unit := ['/'] product { '/' product };  product := factor { ('*' | '.' | ' ' | nothing) factor };
/// factor := number [power] | name [power] | 'sqrt(' unit ')' [power] | '(' unit ')' [power];
/// power := ['^' | '**'] (signed number | '(' number ['/' number] ')'). A division divides by the whole product behind it, as in astropy: <c>erg / s cm2</c> is erg s-1 cm-2.
/// </summary>
internal ref struct UnitParser
{
    /// <summary>Beyond any unit, so that a mistyped one is found.</summary>
    private const double LargestExponent = 9;

    /// <summary>Of a power of ten in front.</summary>
    private const double LargestPowerOfTen = 99;

    /// <summary>Parentheses in parentheses.</summary>
    private const int Deepest = 16;

    private readonly string _whole;
    private ReadOnlySpan<char> _rest;
    private int _depth;

    private UnitParser(string text)
    {
        _whole = text;
        _rest = text.AsSpan().Trim();
    }

    public static Unit Parse(string text)
    {
        var parser = new UnitParser(text);
        if (parser._rest.IsEmpty) return Unit.None;
        var unit = parser.Quotient();
        return parser._rest.IsEmpty ? unit : throw MapErrors.BadUnit(text, parser._rest.ToString());
    }

    private Unit Quotient()
    {
        var unit = _rest.StartsWith("/") ? Unit.None : Product();
        while (_rest.StartsWith("/"))
        {
            _rest = _rest[1..].TrimStart();
            unit *= Product().Power(-1);
        }

        return unit;
    }

    private Unit Product()
    {
        var unit = Factor();
        while (true)
        {
            _rest = _rest.TrimStart();
            if (_rest.IsEmpty || _rest[0] is ')' or '/') return unit;
            if (_rest[0] is '*' or '.') _rest = _rest[1..].TrimStart();
            unit *= Factor();
        }
    }

    private Unit Factor()
    {
        if (_rest.IsEmpty) throw MapErrors.BadUnit(_whole, "its end");
        if (_rest[0] == '(') return Bracket().Power(Exponent(LargestExponent));
        if (char.IsAsciiDigit(_rest[0])) return Number();
        var length = _rest[0] == '%' ? 1 : 0;
        while (length < _rest.Length && (char.IsAsciiLetter(_rest[length]) || _rest[length] == '_')) length++;
        var name = _rest[..length].ToString();
        if (length < _rest.Length && _rest[length] == '(')
        {
            if (name is "log" or "ln" or "exp") throw MapErrors.FunctionOfUnit(_whole, name);
            if (name == "sqrt")
            {
                _rest = _rest[length..];
                return Bracket().Power(0.5).Power(Exponent(LargestExponent));
            }
        }

        if (!UnitNames.TryFind(name, out var unit)) throw MapErrors.BadUnit(_whole, _rest.ToString());
        _rest = _rest[length..];
        return unit.Power(Exponent(LargestExponent));
    }

    private Unit Bracket()
    {
        if (++_depth > Deepest) throw MapErrors.BadUnit(_whole, _rest.ToString());
        _rest = _rest[1..].TrimStart();
        var unit = Quotient();
        if (_rest.IsEmpty) throw MapErrors.BadUnit(_whole, "a missing ')'");
        _rest = _rest[1..];
        _depth--;
        return unit;
    }

    /// <summary>A multiplier: 10**4, 10^4, 10+4, 10(4), or any number as it is.</summary>
    private Unit Number()
    {
        var length = NumberLength(_rest);
        var (text, value) = (_rest[..length].ToString(), double.Parse(_rest[..length], NumberStyles.Float, CultureInfo.InvariantCulture));
        _rest = _rest[length..];
        var isTen = text == "10";
        if (!_rest.StartsWith("^") && !_rest.StartsWith("**") && !(isTen && _rest.Length > 0 && _rest[0] is '+' or '-' or '(')) return value * Unit.None;
        var exponent = Exponent(LargestPowerOfTen);
        // The literal is exact where a power may be one digit off.
        return (isTen && exponent == Math.Truncate(exponent) ? double.Parse(FormattableString.Invariant($"1e{exponent}"), CultureInfo.InvariantCulture) : Math.Pow(value, exponent)) * Unit.None;
    }

    /// <summary>1 where there is none.</summary>
    private double Exponent(double largest)
    {
        var marked = _rest.StartsWith("**") ? 2 : _rest.StartsWith("^") ? 1 : 0;
        var text = _rest[marked..];
        var isBracket = text.StartsWith("(");
        var length = isBracket ? text.IndexOf(')') + 1 : ExponentLength(text);
        if (length == 0 && marked == 0) return 1;
        if (!TryNumber(isBracket ? text[1..Math.Max(1, length - 1)] : text[..length], isBracket, out var exponent))
            return isBracket && marked == 0 ? 1 : throw MapErrors.BadUnit(_whole, _rest.ToString());
        // m-1/2 may be meant as a square root.
        var isAmbiguous = !isBracket && text.Length > length + 1 && text[length] == '/' && char.IsAsciiDigit(text[length + 1]);
        if (isAmbiguous || Math.Abs(exponent) > largest) throw MapErrors.BadUnit(_whole, _rest.ToString());
        _rest = text[length..];
        return exponent;
    }

    private static int ExponentLength(ReadOnlySpan<char> text)
    {
        var sign = text.Length > 0 && text[0] is '-' or '+' ? 1 : 0;
        var end = Digits(text, sign);
        if (end > sign && end + 1 < text.Length && text[end] == '.' && char.IsAsciiDigit(text[end + 1])) end = Digits(text, end + 1);
        return end;
    }

    private static bool TryNumber(ReadOnlySpan<char> text, bool mayBeFraction, out double number)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;
        var slash = mayBeFraction ? text.IndexOf('/') : -1;
        if (slash < 0) return double.TryParse(text, Style, CultureInfo.InvariantCulture, out number);
        number = 0;
        if (!double.TryParse(text[..slash], Style, CultureInfo.InvariantCulture, out var above)
            || !double.TryParse(text[(slash + 1)..], Style, CultureInfo.InvariantCulture, out var below) || below == 0) return false;
        number = above / below;
        return true;
    }

    private static int NumberLength(ReadOnlySpan<char> text)
    {
        var end = Digits(text, 0);
        if (end + 1 < text.Length && text[end] == '.' && char.IsAsciiDigit(text[end + 1])) end = Digits(text, end + 1);
        if (end + 1 >= text.Length || text[end] is not ('e' or 'E')) return end;
        var digits = text[end + 1] is '+' or '-' ? end + 2 : end + 1;
        return digits < text.Length && char.IsAsciiDigit(text[digits]) ? Digits(text, digits) : end;
    }

    private static int Digits(ReadOnlySpan<char> text, int start)
    {
        while (start < text.Length && char.IsAsciiDigit(text[start])) start++;
        return start;
    }
}
