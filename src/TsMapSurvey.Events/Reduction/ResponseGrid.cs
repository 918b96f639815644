using TsMapSurvey.Sky;

namespace TsMapSurvey.Events.Reduction;

/// <summary>The coarse grid of PSF and energy dispersion maps.</summary>
internal static class ResponseGrid
{
    /// <summary>
    /// Blocks of pixels of the image's grid, counted from its reference point, so that all images cut from one grid have the same blocks;
    /// at least one block beyond the image on each side, for interpolation at its border.
    /// </summary>
    public static SkyGrid Covering(SkyGrid image, double widthDeg)
    {
        var factor = (int)Math.Max(1, Math.Round(widthDeg / image.PixelScaleDeg));
        // The image's pixel (0, 0) is pixel (column, row) of the grid whose reference point is at its pixel 0.
        var (column, row) = ((int)Math.Round(1 - image.Wcs.Crpix1), (int)Math.Round(1 - image.Wcs.Crpix2));
        var (left, bottom) = (FloorDivide(column, factor) - 1, FloorDivide(row, factor) - 1);
        var (right, top) = (FloorDivide(column + image.Width - 1, factor) + 1, FloorDivide(row + image.Height - 1, factor) + 1);
        var aligned = image.Wcs.Shifted(column - left * factor, row - bottom * factor);
        return new SkyGrid(aligned.Binned(factor), right - left + 1, top - bottom + 1);
    }

    private static int FloorDivide(int value, int divisor) => (int)Math.Floor(value / (double)divisor);
}
