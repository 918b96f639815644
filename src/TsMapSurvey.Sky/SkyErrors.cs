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

    public static SkyException BadTilingOrder(int found, int lowest, int highest) =>
        new($"healpix tiling: found order {found}, expected {lowest} to {highest}");

    public static SkyException BadPixelSize(double found, double min, double max, int order) =>
        new($"healpix tiling: found pixels of {Shown(found)} degrees, expected {Shown(Math.Round(min, 5))} to "
            + $"{Shown(Math.Round(max, 5))} degrees at order {order}");

    public static SkyException HaloTooWide(int pixels, double pixelDeg, double widestDeg) =>
        new($"healpix tiling: found a halo of {pixels} pixels of {Shown(pixelDeg)} degrees, expected 0 to {Shown(widestDeg)} degrees");

    public static SkyException UnknownCellTile(TileId tile, string names) =>
        new($"healpix tiling: found tile {tile}, expected {names}");

    public static SkyException NoTileOfCell(HealpixCell found, int order) =>
        new($"healpix tiling: found the cell {found}, expected an existing cell of order {order}");

    public static SkyException NoSkyAnywhere(SkyGrid found) =>
        new($"found an image of {found.Width} x {found.Height} pixels without a position on the sky, expected one");

    public static SkyException BadTileText(string? found) =>
        new($"tile id: found {Shown(found)}, expected 1 to 32 characters of a-z, 0-9, '-' and '_'");

    public static SkyException Outside(PixelRegion found, PixelRegion survey) =>
        new($"found an image at survey pixels {Corners(found)}, outside the survey, expected one that overlaps {Corners(survey)}");

    public static SkyException NoSky(int width, int height) =>
        new($"sky grid: found no sky position at the centre of {width} x {height} pixels, expected one");

    public static SkyException BadMocOrder(string where, MocAxis axis, long found) =>
        new($"{Of(where)}: found order {found}, expected 0 to {axis.MaxOrder}");

    public static SkyException BadMocCell(string where, MocAxis axis, int order, long found) =>
        new($"{Of(where)}: found cell {found} of order {order}, expected 0 to {axis.Cells(order) - 1}");

    public static SkyException BadCellRange(CellRange found) =>
        new($"MOC: found the range {found.First} to {found.End} of cells of order 29, expected a range that is not empty, "
            + $"from 0 to {MocAxis.Space.Whole.End}");

    public static SkyException BadTimeRange(CellRange found) =>
        new($"MOC: found the times {found.First} to {found.End} microseconds, expected a range that is not empty, "
            + $"from 0 to {MocAxis.Time.Whole.End}");

    public static SkyException BadMocText(string where, string? found, string expected) =>
        new($"{Of(where)}: found {Shown(found)}, expected {expected}");

    public static SkyException TooManyMocCells(string where, long found) =>
        new($"{Of(where)}: found {found} cells or ranges or more, expected at most {Moc.MaxCells}");

    public static SkyException NoCell(HealpixCell found) =>
        new($"HEALPix: found the cell {found}, expected an order from 0 to {HealpixCell.DeepestOrder} and an index from 0 to "
            + "12 * 4^order - 1");

    public static SkyException BadHealpixOrder(int found) =>
        new($"HEALPix: found order {found}, expected 0 to {HealpixCell.DeepestOrder}");

    public static SkyException NoPosition(SkyPosition found) =>
        new($"found the position {found}, expected finite degrees with a latitude from -90 to 90");

    private static string Of(string where) => where.Length == 0 ? "MOC" : $"MOC, {where}";

    public static SkyException BadShape(string shape, string found, string expected) =>
        new($"{shape}: found {Shown(found)}, expected {expected}");

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
