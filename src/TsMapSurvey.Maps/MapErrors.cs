namespace TsMapSurvey.Maps;

/// <summary>
/// Every failure of maps and their files, with found and expected; those of models and estimators have lists of their own.
/// </summary>
public static class MapErrors
{
    public static MapException BadUnit(string text, string at) =>
        new(MapError.BadUnit,
            $"'{text}' is not a unit ({(at.Length == 0 ? "it ends too early" : $"stopped at '{at}'")}); expected for example 'cm-2 s-1 "
            + "TeV-1', 'm2 s' or 'deg'");

    public static MapException FunctionOfUnit(string text, string function) =>
        new(MapError.BadUnit, $"'{text}' is the {function} of a unit, which no factor converts; expected a unit such as 'cm-2 s-1 TeV-1'");

    /// <summary>A unit of a file, which no other command line would help.</summary>
    public static MapException BadUnitIn(string where, MapException bad) => new(MapError.UnitMismatch, $"{where}: {bad.Message}");

    public static MapException BadQuantity(string text) =>
        new(MapError.BadQuantity, $"'{text}' is not a number with a unit; expected for example '10 GeV'");

    /// <param name="found">As "the unit [cm]" or "no unit".</param>
    /// <param name="expected">As people write it.</param>
    public static MapException UnitMismatch(string what, string found, string expected) =>
        new(MapError.UnitMismatch, $"{what} has {found}, expected one that converts to [{expected}]");

    public static MapException BadAxis(string where, string problem) => new(MapError.BadAxis, $"{where}: {problem}");

    public static MapException NoAxis(string where, string map, string axis, MapGeometry found)
    {
        var axes = found.Axes.Count == 0 ? "no axis" : $"the axes {string.Join(", ", found.Axes.Select(other => other.Name))}";
        return new(MapError.BadAxis, $"{where}: found {map} with {axes}, expected one named {axis}");
    }

    public static MapException BadGeometry(string where, string problem) => new(MapError.BadGeometry, $"{where}: {problem}");

    public static MapException MissingMap(string where, string map, string use) =>
        new(MapError.MissingMap, $"{where} has no {map}; {use} needs it");

    public static MapException Unsupported(string where, string found, string expected) =>
        new(MapError.UnsupportedLayout, $"{where}: found {found}, expected {expected}");

    public static MapException HealPix(string where) =>
        new(MapError.UnsupportedLayout,
            $"{where}: found a HEALPix map, expected an image in a projection of the sky (WCS); HEALPix is not supported");

    public static MapException BadInterval(string where, int row, double startS, double stopS) =>
        new(MapError.BadValues, FormattableString.Invariant(
            $"{where}, row {row}: found START {startS} s and STOP {stopS} s, expected a STOP that is not before START"));

    public static MapException NotAligned(string name, string problem) =>
        new(MapError.NotAligned, $"{name} is not on this pixel grid: {problem}");

    /// <param name="whose">Where the expected axis comes from; empty where the reader knows.</param>
    public static MapException DifferentAxes(string name, MapAxis found, MapAxis expected, string whose = "") =>
        new(MapError.DifferentAxes, $"{name} has the axis {found}, expected {expected}{whose}");
}
