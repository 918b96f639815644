using System.Globalization;

namespace TsMapSurvey.Maps.Units;

/// <summary>
/// unit := ['/'] product { '/' product };  product := factor { ('*' | '.' | ' ' | nothing) factor };
/// factor := number [power] | name [power] | 'sqrt(' unit ')' [power] | '(' unit ')' [power];
/// power := ['^' | '**'] (signed number | '(' number ['/' number] ')'). A '/' divides by the whole product that follows, as in astropy:
/// <c>erg / s cm2</c> is erg s-1 cm-2.
/// </summary>
internal ref struct UnitParser
{
    /// <summary>Larger exponents occur in no unit and are refused as typing errors.</summary>
    private const double MaxExponent = 9;

    private const double MaxPowerOfTen = 99;

    private const int MaxDepth = 16;

    private readonly string _text;
    private ReadOnlySpan<char> _rest;
    private int _depth;

    private UnitParser(string text)
    {
        _text = text;
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
        if (_rest.IsEmpty) throw MapErrors.BadUnit(_text, "");
        if (_rest[0] == '(') return Bracket().Power(Exponent(MaxExponent));
        if (char.IsAsciiDigit(_rest[0])) return Number();
        var length = _rest[0] == '%' ? 1 : 0;
        while (length < _rest.Length && (char.IsAsciiLetter(_rest[length]) || _rest[length] == '_')) length++;
        var name = _rest[..length].ToString();
        if (length < _rest.Length && _rest[length] == '(')
        {
            if (name is "log" or "ln" or "exp") throw MapErrors.FunctionOfUnit(_text, name);
            if (name == "sqrt")
            {
                _rest = _rest[length..];
                return Bracket().Power(0.5).Power(Exponent(MaxExponent));
            }
        }

        if (!UnitNames.TryFind(name, out var unit)) throw MapErrors.BadUnit(_text, _rest.ToString());
        _rest = _rest[length..];
        return unit.Power(Exponent(MaxExponent));
    }

    private Unit Bracket()
    {
        if (++_depth > MaxDepth) throw MapErrors.BadUnit(_text, _rest.ToString());
        _rest = _rest[1..].TrimStart();
        var unit = Quotient();
        if (_rest.IsEmpty) throw MapErrors.BadUnit(_text, "");
        _rest = _rest[1..];
        _depth--;
        return unit;
    }

    /// <summary>A multiplier: 10**4, 10^4, 10+4, 10(4), or a plain number.</summary>
    private Unit Number()
    {
        var length = NumberLength(_rest);
        var (text, value) = (_rest[..length].ToString(), double.Parse(_rest[..length], NumberStyles.Float, CultureInfo.InvariantCulture));
        _rest = _rest[length..];
        var isTen = text == "10";
        var isPower = _rest.StartsWith("^") || _rest.StartsWith("**") || (isTen && _rest.Length > 0 && _rest[0] is '+' or '-' or '(');
        if (!isPower) return value * Unit.None;
        var exponent = Exponent(MaxPowerOfTen);
        if (!isTen || exponent != Math.Truncate(exponent)) return Math.Pow(value, exponent) * Unit.None;
        // Parsing a literal is exact, while Math.Pow may be wrong in the last digit.
        return double.Parse(FormattableString.Invariant($"1e{exponent}"), CultureInfo.InvariantCulture) * Unit.None;
    }

    /// <summary>Parses an optional exponent; 1 if there is none.</summary>
    private double Exponent(double largest)
    {
        var marked = _rest.StartsWith("**") ? 2 : _rest.StartsWith("^") ? 1 : 0;
        var text = _rest[marked..];
        var isBracket = text.StartsWith("(");
        var length = isBracket ? text.IndexOf(')') + 1 : ExponentLength(text);
        if (length == 0 && marked == 0) return 1;
        if (!TryNumber(isBracket ? text[1..Math.Max(1, length - 1)] : text[..length], isBracket, out var exponent))
            return isBracket && marked == 0 ? 1 : throw MapErrors.BadUnit(_text, _rest.ToString());
        // m-1/2 is refused because it is ambiguous: it may be meant as m-(1/2).
        var isAmbiguous = !isBracket && text.Length > length + 1 && text[length] == '/' && char.IsAsciiDigit(text[length + 1]);
        if (isAmbiguous || Math.Abs(exponent) > largest) throw MapErrors.BadUnit(_text, _rest.ToString());
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
        const NumberStyles Style = NumberStyles.Number & ~NumberStyles.AllowThousands & ~NumberStyles.AllowTrailingSign;
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
