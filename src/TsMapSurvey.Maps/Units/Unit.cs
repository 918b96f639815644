namespace TsMapSurvey.Maps.Units;

/// <summary>
/// A physical unit as a scale and powers of base units: energy in TeV, length in cm, time in s, angle in deg, and those of the FITS
/// standard (4.0, 4.3) that gamma-ray maps hardly meet. Counts and photons are numbers; a steradian is (180/π)² square degrees, a
/// kilogram J m⁻² s².
/// </summary>
public readonly record struct Unit
{
    private static readonly string[] Bases =
        ["TeV", "cm", "s", "deg", "K", "A", "mol", "cd", "mag", "adu", "beam", "bin", "bit", "chan", "electron", "pixel", "Sun", "voxel"];

    /// <summary>Exponents are fractions of small numbers: multiples of this many parts are exact, sums of thirds too.</summary>
    private const double Parts = 5040;

    private readonly double[]? _powers;

    private Unit(double scale, double[]? powers) => (Scale, _powers) = (scale, powers?.All(power => power == 0) == true ? null : powers);

    public static Unit None { get; } = new(1, null);

    /// <summary>The size of the unit in the base units, for example 1e-9 for a keV.</summary>
    public double Scale { get; }

    public double Energy => Power(0);

    public double Length => Power(1);

    public double Time => Power(2);

    public double Angle => Power(3);

    /// <summary>Whether a value in this unit can be expressed in the other one.</summary>
    public bool IsCompatibleWith(Unit other)
    {
        for (var i = 0; i < Bases.Length; i++)
            if (Power(i) != other.Power(i)) return false;
        return true;
    }

    /// <summary>The factor that turns a value in this unit into one in <paramref name="other"/>.</summary>
    /// <exception cref="MapException">They measure different things.</exception>
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
    /// Reads the spellings of the FITS standard (4.0, 4.3.1), of astropy and of gammapy: <c>cm-2 s-1 TeV-1</c>, <c>1 / (cm2 s TeV)</c>,
    /// <c>10**4 m2.s</c>, <c>sqrt(Hz)</c>,
    /// <c>sr**-1</c>.
    /// </summary>
    /// <exception cref="MapException">The text is no unit; the message says which part.</exception>
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
