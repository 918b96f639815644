using System.Globalization;

namespace TsMapSurvey.Plots;

internal static class PlotErrors
{
    internal static PlotException NoImage() =>
        new(PlotError.NoImage, "found a region map (one spatial bin without a sky grid), expected an image");

    internal static PlotException TooSmall(int width, int height) =>
        new(PlotError.TooSmall, Invariant($"found an image of {width} x {height} pixels, expected at least 2 x 2"));

    internal static PlotException NoSuchPlane(int plane, int count) =>
        new(PlotError.NoSuchPlane, Invariant($"found plane {plane}, expected {(count == 1 ? "0, the only one" : $"0 to {count - 1}")}"));

    internal static PlotException BadPixels(int values, int width, int height) =>
        new(PlotError.BadSize,
            Invariant($"image: found {values} values for {width} x {height} pixels, expected width x height values, at least one"));

    internal static PlotException BadImageSize(int width, int height, int longest) =>
        new(PlotError.BadSize, Invariant($"image: found a size of {width} x {height}, expected 1 to {longest} pixels along each side"));

    internal static PlotException NotEncoded(int columns, int rows) =>
        new(PlotError.NotEncoded,
            Invariant($"image: encoding {columns} x {rows} pixels as PNG failed, expected enough memory for it"));

    internal static PlotException BadRange(double min, double max) =>
        new(PlotError.BadRange, string.Create(
            CultureInfo.InvariantCulture,
            $"rescale: found {min} to {max}, expected two finite numbers in ascending order with a difference from "
            + $"{ColorScale.MinWidth} to {ColorScale.MaxWidth} and of at least {ColorScale.MinRelativeWidth} times the larger one"));

    internal static PlotException BadRangeText(string found) =>
        new(PlotError.BadRange, $"rescale: found '{found}', expected 'MIN,MAX', for example '-5,20'");

    internal static PlotException UnknownColormap(string found, IEnumerable<string> known) =>
        new(PlotError.UnknownColormap, $"colormap: found '{found}', expected one of {string.Join(", ", known)}");

    internal static PlotException UnknownStretch(string found) =>
        new(PlotError.UnknownStretch,
            $"stretch: found '{found}', expected one of {string.Join(", ", Enum.GetNames<Stretch>()).ToLowerInvariant()}");

    internal static PlotException BadLevel(double found) =>
        new(PlotError.BadLevel, Invariant($"contours: found the level {found}, expected a finite number"));

    internal static PlotException NoFluxPoints(int bins) =>
        new(PlotError.NoFluxPoints,
            Invariant($"plot: found no flux above zero and no upper limit in {bins} energy bins, expected at least one"));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
