using System.Globalization;

namespace TsMapSurvey.Sky;

/// <summary>All exceptions of this library. Each message says what was found, what was expected, and where (keyword, tile).</summary>
internal static class SkyErrors
{
    public static SkyException BadKeyword(string keyword, object? found, string expected) =>
        new($"WCS keyword {keyword}: found {Shown(found)}, expected {expected}", keyword);

    public static SkyException SingularMatrix(double determinant) =>
        new($"WCS: found determinant {Shown(determinant)} of the matrix of CDELT and PC (or CD), expected an invertible matrix", "CDELT1");

    public static SkyException NoNativePole(double crval2, double lonpole, double latpole) =>
        new($"WCS: found CRVAL2 {Shown(crval2)} with LONPOLE {Shown(lonpole)} and LATPOLE {Shown(latpole)}, "
            + "expected a combination that has a native pole (FITS WCS paper II, section 2.4)", "LONPOLE");

    public static SkyException BadSize(int width, int height) =>
        new($"sky grid: found {width} x {height} pixels, expected at least 1 x 1, "
            + $"at most {SkyGrid.LongestSide} on a side and {int.MaxValue} in total");

    public static SkyException NotAligned(Wcs found, Wcs expected) =>
        new($"the pixel grids are not aligned: found {Shown(found)}, expected {Shown(expected)} shifted by whole pixels");

    public static SkyException BadTilePixels(int found) =>
        new($"grid tiling: found tiles of {found} pixels, expected at least 1");

    public static SkyException BadHalo(int found) =>
        new($"grid tiling: found a halo of {found} pixels, expected 0 to {SkyGrid.LongestSide}");

    public static SkyException WiderThan360Degrees(int width, double turn) =>
        new($"grid tiling: found an image {width} pixels wide, expected at most {Shown(Math.Abs(turn))} pixels, which are 360 degrees");

    public static SkyException UnknownTile(TileId tile, int columns, int rows) =>
        new($"grid tiling: found tile {tile}, expected a tile in {columns} columns and {rows} rows");

    public static SkyException BadTileText(string? found) =>
        new($"tile id: found {Shown(found)}, expected 1 to 32 characters of a-z, 0-9, '-' and '_'");

    public static SkyException Outside(PixelRegion found, PixelRegion survey) =>
        new($"found an image at survey pixels {Corners(found)}, outside the survey, expected one that overlaps {Corners(survey)}");

    public static SkyException NoSky(int width, int height) =>
        new($"sky grid: found no sky position at the centre of {width} x {height} pixels, expected one");

    public static SkyException BadHealpixOrder(int found) =>
        new($"HEALPix: found order {found}, expected 0 to {HealpixCell.DeepestOrder}");

    public static SkyException NoPosition(SkyPosition found) =>
        new($"found the position {found}, expected finite degrees with a latitude from -90 to 90");

    private static string Corners(PixelRegion r) => $"({r.X}, {r.Y}) to ({r.X + r.Width - 1}, {r.Y + r.Height - 1})";

    private static string Shown(Wcs wcs) => string.Join(' ', wcs.Keywords()
        .Where(card => card.Keyword is "CTYPE1" or "RADESYS" || card.Value is double)
        .Select(card => $"{card.Keyword}={Shown(card.Value)}"));

    private static string Shown(object? value) => value switch
    {
        null => "nothing",
        string text => $"'{(text.Length > 80 ? string.Concat(text.AsSpan(0, 80), "...") : text)}'",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "nothing",
    };
}
