namespace TsMapSurvey.Maps.Datasets;

/// <summary>
/// Selects the pixels of an observation's IRF map that are added to a stack. A region IRF is added if any pixel of the observation is safe.
/// If the observation masks nothing, all IRF pixels are added, including those outside its image.
/// </summary>
internal static class IrfMask
{
    /// <summary>All pixels of a map.</summary>
    public static bool[] Whole(Map<double> irf)
    {
        var all = new bool[irf.Geometry.PlaneLength];
        Array.Fill(all, true);
        return all;
    }

    /// <summary>Rule for the PSF: the image mask at the pixel nearest to each IRF pixel's centre; false outside the image.</summary>
    public static bool[] Nearest(ImageMask mask, MapGeometry irf) => Each(mask.Image, mask, Centres(mask, irf), (plane, x, y) =>
    {
        var (column, row) = ((int)Math.Floor(x + 0.5), (int)Math.Floor(y + 0.5));
        return column >= 0 && column < mask.Grid.Width && row >= 0 && row < mask.Grid.Height && plane[row * mask.Grid.Width + column];
    });

    /// <summary>
    /// Rule for the energy dispersion: whether the mask, interpolated linearly between pixels and extrapolated outside, is not zero. So
    /// pixels next to a safe pixel are added too. Returned for the image and for each of <paramref name="bins"/> bins of reconstructed
    /// energy.
    /// </summary>
    public static (bool[] Image, bool[][] Bins) Touched(ImageMask mask, MapGeometry irf, int bins)
    {
        var centres = Centres(mask, irf);
        bool[] Of(ReadOnlySpan<bool> plane) =>
            Each(plane, mask, centres, (safe, x, y) => IsTouched(safe, mask.Grid.Width, mask.Grid.Height, x, y));
        return (Of(mask.Image), [.. Enumerable.Range(0, bins).Select(bin => Of(mask.Plane(bin)))]);
    }

    private static bool IsTouched(ReadOnlySpan<bool> plane, int width, int height, double x, double y)
    {
        var (i, fx) = Cell(x, width);
        var (j, fy) = Cell(y, height);
        var (right, top) = (Math.Min(i + 1, width - 1), Math.Min(j + 1, height - 1));
        var low = At(plane, j * width + i) * (1 - fx) + At(plane, j * width + right) * fx;
        var high = At(plane, top * width + i) * (1 - fx) + At(plane, top * width + right) * fx;
        return Math.Abs(low * (1 - fy) + high * fy) > 1e-9;
    }

    private static double At(ReadOnlySpan<bool> plane, int pixel) => plane[pixel] ? 1 : 0;

    /// <summary>The centres of the IRF pixels in image pixels; NaN if there is no sky position; null for a region.</summary>
    private static (double X, double Y)[]? Centres(ImageMask mask, MapGeometry irf)
    {
        if (irf.Grid is not { } grid) return null;
        var centres = new (double, double)[irf.PlaneLength];
        for (var pixel = 0; pixel < centres.Length; pixel++)
            centres[pixel] = grid.PixelCentre(pixel % grid.Width, pixel / grid.Width) is { } centre
                && mask.Grid.TryPixelOf(centre, out double x, out double y) ? (x, y) : (double.NaN, double.NaN);
        return centres;
    }

    private static bool[] Each(ReadOnlySpan<bool> plane, ImageMask mask, (double X, double Y)[]? centres, Rule counts)
    {
        if (centres is null) return [mask.Any];
        var result = new bool[centres.Length];
        for (var pixel = 0; pixel < result.Length; pixel++)
            result[pixel] = mask.All || (!double.IsNaN(centres[pixel].X) && counts(plane, centres[pixel].X, centres[pixel].Y));
        return result;
    }

    private delegate bool Rule(ReadOnlySpan<bool> plane, double x, double y);

    private static (int Index, double Fraction) Cell(double pixel, int length)
    {
        var index = Math.Clamp((int)Math.Floor(pixel), 0, Math.Max(0, length - 2));
        return (index, pixel - index);
    }
}
