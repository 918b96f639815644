using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Datasets;

/// <summary>The shapes of all maps in a stack.</summary>
/// <param name="Image">The image of counts, background, exposure and mask.</param>
/// <param name="Psf">The geometry of the PSF density with all axes; null if no PSF is stacked.</param>
/// <param name="Edisp">The geometry of the energy dispersion; null if none is stacked.</param>
public sealed record StackGeometry(SkyGrid Image, MapAxis Energy, MapAxis EnergyTrue, MapGeometry? Psf, MapGeometry? Edisp)
{
    /// <summary>Minimum number of IRF pixels along a side, as in gammapy's cutouts.</summary>
    private const int MinIrfPixels = 3;

    /// <summary>Tangent planes that touch the sky at points nearer than this are one.</summary>
    private const double SamePlaneDeg = 1e-6;

    public static StackGeometry Of(MapDataset dataset) => new(
        dataset.Grid,
        dataset.Energy,
        dataset.Require(dataset.Exposure, "EXPOSURE", "stacking").Geometry.Axis("energy_true"),
        dataset.Psf?.Density.Geometry,
        dataset.Edisp?.Data.Geometry);

    /// <summary>
    /// The template's axes with another image. The IRF maps are on the template's pixel grid, extended or cut to cover the image, so that
    /// stacks of different tiles have the same IRF pixels. An image on a tangent plane of its own, as those of HEALPix tiles are, has IRF
    /// maps on that plane, since pixels of another one may be stretched there, or not show the image at all.
    /// </summary>
    public static StackGeometry Covering(SkyGrid image, MapDataset template)
    {
        var shapes = Of(template);
        return shapes with { Image = image, Psf = Cover(image, shapes.Psf), Edisp = Cover(image, shapes.Edisp) };
    }

    private static MapGeometry? Cover(SkyGrid image, MapGeometry? irf)
    {
        if (irf?.Grid is not { } grid) return irf;
        if (IsAnotherPlane(image, grid)) return irf.WithGrid(Coarse(image, grid.PixelScaleDeg));
        var pixels = PixelsAround(image, grid).Outer;
        var (width, height) = (Math.Max(MinIrfPixels, pixels.Width), Math.Max(MinIrfPixels, pixels.Height));
        return irf.WithGrid(grid.Cutout(pixels with { Width = width, Height = height }));
    }

    private static bool IsAnotherPlane(SkyGrid image, SkyGrid irf) => image.Wcs.Projection == Projection.Tan
        && !(irf.Wcs.Projection == Projection.Tan && irf.Wcs.Reference.SeparationDeg(image.Wcs.Reference) < SamePlaneDeg);

    /// <summary>Blocks of the image's pixels of about a width, with one more block on each side.</summary>
    private static SkyGrid Coarse(SkyGrid image, double widthDeg)
    {
        var factor = Math.Max(1, (int)Math.Round(widthDeg / image.PixelScaleDeg));
        var (columns, rows) = ((image.Width + factor - 1) / factor + 2, (image.Height + factor - 1) / factor + 2);
        return new SkyGrid(image.Wcs.Cutout(-factor, -factor).Binned(factor), columns, rows);
    }

    /// <summary>
    /// The pixels of a grid, extended beyond its border, that contain the centres of an image's pixels (Inner), and these together with the
    /// neighbours that interpolation at the centres needs (Outer).
    /// </summary>
    /// <exception cref="MapException">The grid's projection does not show the image.</exception>
    internal static (PixelRegion Inner, PixelRegion Outer) PixelsAround(SkyGrid image, SkyGrid grid)
    {
        if (PixelExtent.Of(grid, SamplePositions(image)) is not var (minX, maxX, minY, maxY))
            throw MapErrors.BadGeometry("IRF maps", "found a projection that does not show the image");
        return (
            Pixels(Math.Round(minX), Math.Round(minY), Math.Round(maxX), Math.Round(maxY)),
            Pixels(Math.Floor(minX), Math.Floor(minY), Math.Ceiling(maxX), Math.Ceiling(maxY)));
    }

    /// <summary>The region from the first to the last pixels, inclusive.</summary>
    private static PixelRegion Pixels(double left, double bottom, double right, double top) =>
        new((int)left, (int)bottom, (int)right - (int)left + 1, (int)top - (int)bottom + 1);

    private static IEnumerable<SkyPosition> SamplePositions(SkyGrid image)
    {
        foreach (var x in Steps(image.Width))
            foreach (var y in Steps(image.Height))
                if (image.PixelCentre(x, y) is { } centre) yield return centre;
    }

    /// <summary>Up to nine pixels, including the first and the last.</summary>
    private static IEnumerable<int> Steps(int length) => Enumerable.Range(0, 9).Select(i => (int)((length - 1) * (i / 8.0))).Distinct();
}
