using System.Globalization;

namespace TsMapSurvey.Maps.Units;

/// <summary>A number with its unit, as people write it: <c>10 GeV</c>, <c>0.2deg</c>, <c>1e-12 cm-2 s-1 TeV-1</c>.</summary>
public readonly record struct Quantity(double Value, Unit Unit)
{
    /// <summary>The value in another unit.</summary>
    /// <exception cref="MapException">The units measure different things.</exception>
    public double In(string unit, string what)
    {
        var wanted = Unit.Parse(unit);
        return Unit.IsCompatibleWith(wanted)
            ? Value * Unit.To(wanted, what)
            : throw MapErrors.UnitMismatch(what, Unit == Unit.None ? "no unit" : $"the unit [{Unit}]", unit);
    }

    /// <exception cref="MapException">No number at the front, or no unit behind it.</exception>
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
    /// Several quantities separated by commas; a bare number takes the unit of the next one that has one (<c>10,100 GeV</c>).
    /// </summary>
    public static Quantity[] ParseList(string text)
    {
        var quantities = text.Split(',').Select(Parse).ToArray();
        for (var i = quantities.Length - 2; i >= 0; i--)
            if (quantities[i].Unit == Unit.None) quantities[i] = quantities[i] with { Unit = quantities[i + 1].Unit };
        return quantities;
    }
}
