namespace TsMapSurvey.Maps;

/// <summary>
/// All exceptions of maps and their files. Each message says what was found and what was expected. Models and estimators have their own
/// lists.
/// </summary>
public static class MapErrors
{
    /// <param name="at">The part of the text that cannot be parsed; empty if the text is incomplete.</param>
    public static MapException BadUnit(string text, string at) =>
        new(MapError.BadUnit,
            $"'{text}' is not a unit ({(at.Length == 0 ? "it ends too early" : $"stopped at '{at}'")}); expected for example 'cm-2 s-1 "
            + "TeV-1', 'm2 s' or 'deg'");

    public static MapException FunctionOfUnit(string text, string function) =>
        new(MapError.BadUnit, $"'{text}' is the {function} of a unit, which cannot be converted; expected a unit such as 'cm-2 s-1 TeV-1'");

    /// <summary>An invalid unit in a file: <see cref="MapError.BadUnit"/> is for units on the command line.</summary>
    public static MapException BadUnitIn(string where, MapException exception) =>
        new(MapError.UnitMismatch, $"{where}: {exception.Message}");

    public static MapException BadQuantity(string text) =>
        new(MapError.BadQuantity, $"'{text}' is not a number with a unit; expected for example '10 GeV'");

    /// <param name="found">"the unit [cm]" or "no unit".</param>
    public static MapException UnitMismatch(string what, string found, string expected) =>
        new(MapError.UnitMismatch, $"{what} has {found}, expected a unit that converts to [{expected}]");

    public static MapException BadAxis(string where, string problem) => new(MapError.BadAxis, $"{where}: {problem}");

    public static MapException NoAxis(string where, string map, string axis, MapGeometry found)
    {
        var axes = found.Axes.Count == 0 ? "no axis" : $"the axes {string.Join(", ", found.Axes.Select(other => other.Name))}";
        return new(MapError.BadAxis, $"{where}: found {map} with {axes}, expected an axis named {axis}");
    }

    public static MapException BadGeometry(string where, string problem) => new(MapError.BadGeometry, $"{where}: {problem}");

    public static MapException MissingMap(string where, string map, string use) =>
        new(MapError.MissingMap, $"{where} has no {map}; {use} needs it");

    public static MapException Unsupported(string where, string found, string expected) =>
        new(MapError.UnsupportedLayout, $"{where}: found {found}, expected {expected}");

    public static MapException HealPix(string where) =>
        new(MapError.UnsupportedLayout,
            $"{where}: found a HEALPix map, expected an image in a projection of the sky (WCS); "
            + "HEALPix maps can be plotted, and not be stacked or fitted");

    public static MapException BadInterval(string where, int row, double startS, double stopS) =>
        new(MapError.BadValues, FormattableString.Invariant(
            $"{where}, row {row}: found START {startS} s and STOP {stopS} s, expected a STOP at or after START"));

    public static MapException NotAligned(string name, string problem) =>
        new(MapError.NotAligned, $"{name} is not on this pixel grid: {problem}");

    /// <param name="whose">The origin of the expected axis; empty if it is clear from the context.</param>
    public static MapException DifferentAxes(string name, MapAxis found, MapAxis expected, string whose = "") =>
        new(MapError.DifferentAxes, $"{name} has the axis {found}, expected {expected}{whose}");
}
