using System.Globalization;

namespace TsMapSurvey.Maps.Units;

/// <summary>A number with a unit: <c>10 GeV</c>, <c>0.2deg</c>, <c>1e-12 cm-2 s-1 TeV-1</c>.</summary>
public readonly record struct Quantity(double Value, Unit Unit)
{
    /// <summary>Converts the value to another unit.</summary>
    /// <param name="what">The name of the quantity in messages.</param>
    /// <exception cref="MapException">The units are not compatible.</exception>
    public double In(string unit, string what)
    {
        var wanted = Unit.Parse(unit);
        return Unit.IsCompatibleWith(wanted)
            ? Value * Unit.To(wanted, what)
            : throw MapErrors.UnitMismatch(what, Unit == Unit.None ? "no unit" : $"the unit [{Unit}]", unit);
    }

    /// <summary>Parses a finite number and a unit, which may be empty.</summary>
    /// <exception cref="MapException">The text does not begin with a finite number, or the rest is not a unit.</exception>
    public static Quantity Parse(string text)
    {
        var span = text.AsSpan().Trim();
        for (var length = span.Length; length > 0; length--)
        {
            if (!double.TryParse(span[..length], NumberStyles.Float, CultureInfo.InvariantCulture, out var value)) continue;
            if (!double.IsFinite(value)) break;
            return new Quantity(value, Unit.Parse(span[length..].ToString()));
        }

        throw MapErrors.BadQuantity(text);
    }

    /// <summary>
    /// Parses quantities separated by commas. A number without a unit has the unit of the next quantity with one (<c>10,100 GeV</c>).
    /// </summary>
    public static Quantity[] ParseList(string text)
    {
        var quantities = text.Split(',').Select(Parse).ToArray();
        for (var i = quantities.Length - 2; i >= 0; i--)
            if (quantities[i].Unit == Unit.None) quantities[i] = quantities[i] with { Unit = quantities[i + 1].Unit };
        return quantities;
    }
}
