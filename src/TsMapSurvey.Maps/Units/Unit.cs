namespace TsMapSurvey.Maps.Units;

/// <summary>
/// A physical unit as a scale and powers of base units: TeV for energy, cm for length, s for time, deg for angle, and the remaining base
/// units of the FITS standard (4.0, 4.3). Counts and photons are dimensionless, a steradian is (180/π)² deg², and a kilogram is J m⁻² s².
/// </summary>
public readonly record struct Unit
{
    private static readonly string[] Bases =
        ["TeV", "cm", "s", "deg", "K", "A", "mol", "cd", "mag", "adu", "beam", "bin", "bit", "chan", "electron", "pixel", "Sun", "voxel"];

    /// <summary>Exponents are rounded to multiples of 1/5040, so that sums of small fractions such as thirds are exact.</summary>
    private const double Parts = 5040;

    private readonly double[]? _powers;

    private Unit(double scale, double[]? powers) => (Scale, _powers) = (scale, powers?.All(power => power == 0) == true ? null : powers);

    public static Unit None { get; } = new(1, null);

    /// <summary>The size of the unit in base units, for example 1e-9 for keV.</summary>
    public double Scale { get; }

    public double Energy => Power(0);

    public double Length => Power(1);

    public double Time => Power(2);

    public double Angle => Power(3);

    public bool IsCompatibleWith(Unit other)
    {
        for (var i = 0; i < Bases.Length; i++)
            if (Power(i) != other.Power(i)) return false;
        return true;
    }

    /// <summary>The factor that converts a value in this unit to <paramref name="other"/>.</summary>
    /// <param name="what">The name of the quantity in messages.</param>
    /// <exception cref="MapException">The units are not compatible.</exception>
    public double To(Unit other, string what) =>
        IsCompatibleWith(other) ? Scale / other.Scale : throw MapErrors.UnitMismatch(what, $"the unit [{this}]", other.ToString());

    public Unit Power(double exponent)
    {
        if (_powers is null) return new Unit(Math.Pow(Scale, exponent), null);
        return new Unit(Math.Pow(Scale, exponent), Array.ConvertAll(_powers, power => Math.Round(power * exponent * Parts) / Parts));
    }

    public static Unit operator *(Unit a, Unit b)
    {
        var powers = new double[Bases.Length];
        for (var i = 0; i < powers.Length; i++) powers[i] = Math.Round((a.Power(i) + b.Power(i)) * Parts) / Parts;
        return new Unit(a.Scale * b.Scale, powers);
    }

    public static Unit operator *(double factor, Unit unit) => new(factor * unit.Scale, unit._powers);

    /// <summary>
    /// Parses units in the syntax of the FITS standard (4.0, 4.3.1), astropy and gammapy: <c>cm-2 s-1 TeV-1</c>, <c>1 / (cm2 s TeV)</c>,
    /// <c>10**4 m2.s</c>, <c>sqrt(Hz)</c>, <c>sr**-1</c>. Empty text is <see cref="None"/>.
    /// </summary>
    /// <exception cref="MapException">The text is not a unit; the message has the part that cannot be parsed.</exception>
    public static Unit Parse(string text) => UnitParser.Parse(text);

    public bool Equals(Unit other) => Scale == other.Scale && IsCompatibleWith(other);

    public override int GetHashCode() => HashCode.Combine(Scale, Energy, Length, Time, Angle);

    /// <summary>The unit in base units, for messages.</summary>
    public override string ToString()
    {
        var parts = new List<string>();
        if (Scale != 1) parts.Add(FormattableString.Invariant($"{Scale:g6}"));
        for (var i = 0; i < Bases.Length; i++)
            if (Power(i) is var power and not 0)
                parts.Add(power == 1 ? Bases[i] : FormattableString.Invariant($"{Bases[i]}{power:0.####}"));
        return parts.Count == 0 ? "dimensionless" : string.Join(' ', parts);
    }

    internal static Unit Base(string name)
    {
        var powers = new double[Bases.Length];
        powers[Array.IndexOf(Bases, name)] = 1;
        return new Unit(1, powers);
    }

    private double Power(int i) => _powers is null ? 0 : _powers[i];
}
