namespace TsMapSurvey.Maps.Datasets;

/// <summary>Which pixels of an observation's IRF map count in a stack (formats 5.3). A region IRF counts where the observation is safe anywhere.</summary>
internal static class IrfMask
{
    /// <summary>The image mask at the pixel nearest to each IRF pixel's centre; outside the image false. The PSF's rule.</summary>
    public static bool[] Nearest(ImageMask mask, MapGeometry irf) => Each(mask, irf, (x, y) =>
    {
        var (column, row) = ((int)Math.Floor(x + 0.5), (int)Math.Floor(y + 0.5));
        return column >= 0 && column < mask.Grid.Width && row >= 0 && row < mask.Grid.Height && mask.Image[row * mask.Grid.Width + column];
    });

    /// <summary>
    /// Where the mask, interpolated linearly between pixels and extrapolated outside, is not zero: a pixel next to a safe one counts.
    /// The energy dispersion's rule, for one reco bin or (null) the image.
    /// </summary>
    public static bool[] Touched(ImageMask mask, MapGeometry irf, int? bin)
    {
        var plane = bin is { } k ? mask.Plane(k).ToArray() : mask.Image;
        var (width, height) = (mask.Grid.Width, mask.Grid.Height);
        return Each(mask, irf, (x, y) =>
        {
            var (i, fx) = Cell(x, width);
            var (j, fy) = Cell(y, height);
            double At(int column, int row) => plane[Math.Min(row, height - 1) * width + Math.Min(column, width - 1)] ? 1 : 0;
            var low = At(i, j) * (1 - fx) + At(i + 1, j) * fx;
            var high = At(i, j + 1) * (1 - fx) + At(i + 1, j + 1) * fx;
            return Math.Abs(low * (1 - fy) + high * fy) > 1e-9;
        });
    }

    private static bool[] Each(ImageMask mask, MapGeometry irf, Func<double, double, bool> counts)
    {
        if (irf.Grid is not { } grid) return [mask.Any];
        var result = new bool[irf.PlaneLength];
        for (var pixel = 0; pixel < result.Length; pixel++)
            result[pixel] = grid.PixelCentre(pixel % grid.Width, pixel / grid.Width) is { } centre
                && mask.Grid.TryPixelOf(centre, out double x, out double y) && counts(x, y);
        return result;
    }

    private static (int Index, double Fraction) Cell(double pixel, int length)
    {
        var index = Math.Clamp((int)Math.Floor(pixel), 0, Math.Max(0, length - 2));
        return (index, pixel - index);
    }
}
