namespace TsMapSurvey.Plots;

/// <summary>The label of a quantity on a colour bar, and its default colours.</summary>
/// <param name="Text">Beginning with a capital: "√TS", "Flux".</param>
/// <param name="Unit">Unit for maps without a unit, such as "σ"; empty for a dimensionless quantity.</param>
public sealed record QuantityLabel(string Text, string Unit, ColorScale Scale)
{
    /// <summary>Whether the sum of planes is meaningful, as for counts but not for significances.</summary>
    public bool IsAdditive { get; init; }

    /// <summary>Whether values are 1 or 0 for yes or no. Several planes are combined to the pixels that are 1 in any plane.</summary>
    public bool IsMask { get; init; }

    /// <summary>
    /// The text with the unit in parentheses, with superscripts for powers, and with the common power of ten of the ticks.
    /// </summary>
    /// <param name="mapUnit">The map's unit in FITS notation, which has priority over <see cref="Unit"/>.</param>
    public string WithUnit(string mapUnit = "", int powerOfTen = 0)
    {
        var unit = UnitText.Pretty(mapUnit.Length > 0 ? mapUnit : Unit);
        var factor = powerOfTen == 0 ? "" : $"10{UnitText.Superscript(powerOfTen)}";
        var inside = $"{factor} {unit}".Trim();
        return inside.Length == 0 ? Text : $"{Text} ({inside})";
    }
}
