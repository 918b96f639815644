using TsMapSurvey.Maps;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators;

internal static class EstimatorErrors
{
    public static MapException BadOption(string option, string found, string expected) =>
        new(MapError.BadOption, $"{option}: found {found}, expected {expected}");

    public static MapException BadOptions(IReadOnlyList<string> problems) => new(MapError.BadOption, string.Join("; ", problems));

    public static MapException NothingToFit(IEnumerable<string> places, string reason) =>
        new(MapError.BadValues, $"{string.Join(", ", places)}: {reason}; nothing can be fitted");

    public static MapException OutsideImage(SkyPosition position, string name, SkyGrid grid) =>
        new(MapError.BadPosition,
            $"{position.To(grid.Frame)} is outside the image of {name}, expected a position in its {grid.Width} x {grid.Height} pixels "
            + $"around {grid.Centre}");

    public static MapException NothingAt(SkyPosition position, int x, int y, IEnumerable<string> places) =>
        new(MapError.BadPosition,
            $"{position} (pixel {x}, {y}) of {string.Join(", ", places)}: found no unmasked energy bin with background above zero, "
            + "expected at least one");

    public static MapException NothingExposedAt(SkyPosition position, int x, int y, IEnumerable<string> places, string reason) =>
        new(MapError.BadValues, $"{position} (pixel {x}, {y}) of {string.Join(", ", places)}: {reason}; nothing can be fitted there");

    public static MapException WrongExposureSize(string place, MapGeometry exposure) =>
        MapErrors.Unsupported(place, $"an exposure of {exposure.Width} x {exposure.Height} pixels", "the counts' image size");
}
