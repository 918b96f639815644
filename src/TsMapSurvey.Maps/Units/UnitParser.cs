using System.Globalization;

namespace TsMapSurvey.Maps.Units;

/// <summary>
/// unit := factor { ('*' | '.' | ' ' | '/') factor };  factor := '1' | name [power] | '(' unit ')' [power];
/// power := ['^' | '**'] integer. A division binds one factor, as in the FITS standard (4.3.1).
/// </summary>
internal ref struct UnitParser
{
    private static readonly Dictionary<string, Unit> Names = new(StringComparer.Ordinal)
    {
        ["eV"] = new(1e-12, 1, 0, 0, 0),
        ["keV"] = new(1e-9, 1, 0, 0, 0),
        ["MeV"] = new(1e-6, 1, 0, 0, 0),
        ["GeV"] = new(1e-3, 1, 0, 0, 0),
        ["TeV"] = new(1, 1, 0, 0, 0),
        ["PeV"] = new(1e3, 1, 0, 0, 0),
        ["erg"] = new(ErgInTeV, 1, 0, 0, 0),
        ["cm"] = new(1, 0, 1, 0, 0),
        ["m"] = new(1e2, 0, 1, 0, 0),
        ["km"] = new(1e5, 0, 1, 0, 0),
        ["s"] = new(1, 0, 0, 1, 0),
        ["sec"] = new(1, 0, 0, 1, 0),
        ["min"] = new(60, 0, 0, 1, 0),
        ["h"] = new(3600, 0, 0, 1, 0),
        ["d"] = new(86400, 0, 0, 1, 0),
        ["day"] = new(86400, 0, 0, 1, 0),
        ["yr"] = new(31557600, 0, 0, 1, 0),
        ["deg"] = new(1, 0, 0, 0, 1),
        ["rad"] = new(180 / Math.PI, 0, 0, 0, 1),
        ["arcmin"] = new(1 / 60.0, 0, 0, 0, 1),
        ["arcsec"] = new(1 / 3600.0, 0, 0, 0, 1),
        ["sr"] = new(32400 / (Math.PI * Math.PI), 0, 0, 0, 2),
        ["ct"] = Unit.None,
        ["count"] = Unit.None,
        ["counts"] = Unit.None,
        ["1"] = Unit.None,
    };

    /// <summary>1 erg in TeV, from e = 1.602176634e-19 C (exact, SI 2019).</summary>
    internal const double ErgInTeV = 1e-19 / 1.602176634e-19;

    private readonly string _whole;
    private ReadOnlySpan<char> _rest;

    private UnitParser(string text)
    {
        _whole = text;
        _rest = text.AsSpan().Trim();
    }

    public static Unit Parse(string text)
    {
        var parser = new UnitParser(text);
        if (parser._rest.IsEmpty) return Unit.None;
        var unit = parser.Product();
        return parser._rest.IsEmpty ? unit : throw MapErrors.BadUnit(text, parser._rest.ToString());
    }

    private Unit Product()
    {
        var unit = Factor();
        while (true)
        {
            _rest = _rest.TrimStart();
            if (_rest.IsEmpty || _rest[0] == ')') return unit;
            var divide = _rest[0] == '/';
            if (_rest[0] is '/' or '*' or '.') _rest = _rest[1..].TrimStart();
            unit *= divide ? Factor().Power(-1) : Factor();
        }
    }

    private Unit Factor()
    {
        if (_rest.IsEmpty) throw MapErrors.BadUnit(_whole, "its end");
        Unit unit;
        if (_rest[0] == '(')
        {
            _rest = _rest[1..].TrimStart();
            unit = Product();
            if (_rest.IsEmpty) throw MapErrors.BadUnit(_whole, "a missing ')'");
            _rest = _rest[1..];
        }
        else
        {
            var length = _rest[0] == '1' ? 1 : 0;
            while (length < _rest.Length && char.IsAsciiLetter(_rest[length])) length++;
            if (!Names.TryGetValue(_rest[..length].ToString(), out unit)) throw MapErrors.BadUnit(_whole, _rest.ToString());
            _rest = _rest[length..];
        }

        return unit.Power(Exponent());
    }

    private int Exponent()
    {
        var marked = _rest.StartsWith("**") ? 2 : _rest.StartsWith("^") ? 1 : 0;
        var digits = _rest[marked..];
        var bracket = marked > 0 && digits.StartsWith("(");
        if (bracket) digits = digits[1..];
        var length = digits.Length > 0 && digits[0] is '-' or '+' ? 1 : 0;
        while (length < digits.Length && char.IsAsciiDigit(digits[length])) length++;
        if (!int.TryParse(digits[..length], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent) || Math.Abs(exponent) > 9)
            return marked == 0 && length == 0 ? 1 : throw MapErrors.BadUnit(_whole, _rest.ToString());
        if (bracket && !digits[length..].StartsWith(")")) throw MapErrors.BadUnit(_whole, _rest.ToString());
        _rest = digits[(length + (bracket ? 1 : 0))..];
        return exponent;
    }
}
