namespace TsMapSurvey.Maps.Units;

/// <summary>
/// A physical unit as a scale and powers of energy (TeV), length (cm), time (s) and angle (deg): all that
/// gamma-ray maps need. Counts are dimensionless; a steradian is (180/π)² square degrees.
/// </summary>
/// <param name="Scale">The size of the unit in the base units, for example 1e-9 for a keV.</param>
public readonly record struct Unit(double Scale, int Energy, int Length, int Time, int Angle)
{
    public static Unit None { get; } = new(1, 0, 0, 0, 0);

    /// <summary>Whether a value in this unit can be expressed in the other one.</summary>
    public bool IsCompatibleWith(Unit other) =>
        (Energy, Length, Time, Angle) == (other.Energy, other.Length, other.Time, other.Angle);

    /// <summary>The factor that turns a value in this unit into one in <paramref name="other"/>.</summary>
    public double To(Unit other, string what) =>
        IsCompatibleWith(other) ? Scale / other.Scale : throw MapErrors.UnitMismatch(what, this, other);

    public Unit Power(int exponent) =>
        new(Math.Pow(Scale, exponent), Energy * exponent, Length * exponent, Time * exponent, Angle * exponent);

    public static Unit operator *(Unit a, Unit b) =>
        new(a.Scale * b.Scale, a.Energy + b.Energy, a.Length + b.Length, a.Time + b.Time, a.Angle + b.Angle);

    /// <summary>Reads the spellings met in FITS files and astropy: <c>cm-2 s-1 TeV-1</c>, <c>1 / (cm2 s TeV)</c>, <c>m2.s</c>, <c>sr**-1</c>.</summary>
    /// <exception cref="MapException">The text is no unit; the message says which part.</exception>
    public static Unit Parse(string text) => UnitParser.Parse(text);

    /// <summary>The unit in base units, for messages.</summary>
    public override string ToString()
    {
        var parts = new List<string>();
        if (Scale != 1) parts.Add(FormattableString.Invariant($"{Scale:g6}"));
        foreach (var (name, power) in new[] { ("TeV", Energy), ("cm", Length), ("s", Time), ("deg", Angle) })
            if (power != 0) parts.Add(power == 1 ? name : FormattableString.Invariant($"{name}{power}"));
        return parts.Count == 0 ? "dimensionless" : string.Join(' ', parts);
    }
}
