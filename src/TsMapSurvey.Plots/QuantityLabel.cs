namespace TsMapSurvey.Plots;

/// <summary>What a quantity is called on a colour bar, and how it is coloured unless a user says otherwise.</summary>
/// <param name="Text">As in running text with a capital: "√TS", "Flux".</param>
/// <param name="Unit">The unit where the map has none of its own: "σ"; empty for a pure number.</param>
public sealed record QuantityLabel(string Text, string Unit, ColorScale Scale)
{
    /// <summary>Whether planes may be summed: counts may, significances not.</summary>
    public bool IsAdditive { get; init; }

    /// <summary>Whether values are 1 or 0, yes or no; of several planes the pixels count that are set in any.</summary>
    public bool IsMask { get; init; }

    /// <summary>
    /// The text with the unit in parentheses, superscripts for powers, and a power of ten that was taken out of the numbers.
    /// </summary>
    /// <param name="mapUnit">The map's own unit as FITS writes it; it goes before <see cref="Unit"/>.</param>
    public string WithUnit(string mapUnit = "", int powerOfTen = 0)
    {
        var unit = UnitText.Pretty(mapUnit.Length > 0 ? mapUnit : Unit);
        var factor = powerOfTen == 0 ? "" : $"10{UnitText.Superscript(powerOfTen)}";
        var inside = $"{factor} {unit}".Trim();
        return inside.Length == 0 ? Text : $"{Text} ({inside})";
    }
}
