using TsMapSurvey.Maps.Units;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps;

/// <summary>Every failure of this library, with found and expected.</summary>
internal static class MapErrors
{
    public static MapException BadUnit(string text, string at) =>
        new(MapError.BadUnit, $"'{text}' is not a unit (stopped at '{at}'); expected for example 'cm-2 s-1 TeV-1', 'm2 s' or 'deg'");

    public static MapException BadQuantity(string text) =>
        new(MapError.BadQuantity, $"'{text}' is not a number with a unit; expected for example '10 GeV'");

    public static MapException UnitMismatch(string what, Unit found, Unit expected) =>
        new(MapError.UnitMismatch, $"{what} has the unit [{found}], expected one that converts to [{expected}]");

    public static MapException BadAxis(string where, string problem) => new(MapError.BadAxis, $"{where}: {problem}");

    public static MapException BadGeometry(string where, string problem) => new(MapError.BadGeometry, $"{where}: {problem}");

    public static MapException MissingMap(string where, string map, string use) =>
        new(MapError.MissingMap, $"{where} has no {map}; {use} needs it");

    public static MapException Unsupported(string where, string found, string expected) =>
        new(MapError.UnsupportedLayout, $"{where}: found {found}, expected {expected}");

    public static MapException BadModel(string problem) => new(MapError.BadModel, problem);

    public static MapException BadModelFile(string where, string problem) => new(MapError.BadModel, $"{where}: {problem}");

    public static MapException BadModelFile(string where, string found, string expected) =>
        new(MapError.BadModel, $"{where}: found {found}, expected {expected}");

    public static MapException BadTemplate(string file, string found) =>
        new(MapError.BadModel, $"{file}: found {found}, expected a template image of values of 0 or more, some above");

    public static MapException BadOption(string option, string found, string expected) =>
        new(MapError.BadOption, $"{option}: found {found}, expected {expected}");

    public static MapException BadOptions(IReadOnlyList<string> problems) => new(MapError.BadOption, string.Join("; ", problems));

    public static MapException NothingToFit(string name, string reason) => new(MapError.BadValues, $"{name}: {reason}; nothing can be fitted");

    public static MapException OutsideImage(SkyPosition position, string name, SkyGrid grid) =>
        new(MapError.BadPosition, $"{position.To(grid.Frame)} is outside the image of {name}, {grid.Width} x {grid.Height} pixels around {grid.Centre}");

    public static MapException NothingAt(SkyPosition position, int x, int y, string name) =>
        new(MapError.BadPosition, $"{position} (pixel {x}, {y}) of {name}: found no energy bin that is unmasked there, with background above zero; expected at least one");

    public static MapException NothingExposedAt(SkyPosition position, int x, int y, string name, string reason) =>
        new(MapError.BadValues, $"{position} (pixel {x}, {y}) of {name}: {reason}; nothing can be fitted there");

    public static MapException NotAligned(string name, string problem) =>
        new(MapError.NotAligned, $"{name} is not on this pixel grid: {problem}");

    public static MapException DifferentAxes(string name, MapAxis found, MapAxis expected) =>
        new(MapError.DifferentAxes, $"{name} has the axis {found}, expected {expected}");
}
