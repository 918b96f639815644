using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Datasets;

/// <summary>The shapes of everything in a stack.</summary>
/// <param name="Image">Counts, background, exposure and mask.</param>
/// <param name="Psf">Of the PSF density (rad or energy axes and all); null: no PSF is stacked.</param>
/// <param name="Edisp">Of the energy dispersion; null: none is stacked.</param>
public sealed record StackGeometry(SkyGrid Image, MapAxis Energy, MapAxis EnergyTrue, MapGeometry? Psf, MapGeometry? Edisp)
{
    /// <summary>The fewest IRF pixels along a side, as gammapy's cut-outs keep.</summary>
    private const int FewestIrfPixels = 3;

    /// <summary>Exactly the shapes of a dataset.</summary>
    public static StackGeometry Of(MapDataset dataset) => new(
        dataset.Grid,
        dataset.Energy,
        dataset.Need(dataset.Exposure, "EXPOSURE", "stacking").Geometry.Axis("energy_true"),
        dataset.Psf?.Density.Geometry,
        dataset.Edisp?.Data.Geometry);

    /// <summary>
    /// Axes as in a template, another image, and IRF maps on the template's grid continued or cut so that they cover the image:
    /// stacks of different tiles share their IRF pixels, whatever the template's own size.
    /// </summary>
    public static StackGeometry Covering(SkyGrid image, MapDataset template)
    {
        var shapes = Of(template);
        return shapes with { Image = image, Psf = Cover(image, shapes.Psf), Edisp = Cover(image, shapes.Edisp) };
    }

    private static MapGeometry? Cover(SkyGrid image, MapGeometry? irf)
    {
        if (irf?.Grid is not { } grid) return irf;
        var pixels = PixelsAround(image, grid).Outer;
        var (width, height) = (Math.Max(FewestIrfPixels, pixels.Width), Math.Max(FewestIrfPixels, pixels.Height));
        return irf.WithGrid(grid.Cutout(pixels with { Width = width, Height = height }));
    }

    /// <summary>
    /// The pixels of a grid, continued beyond its border, that the centres of an image's pixels fall into, and with them those on the
    /// other side of the centres, between which one interpolates.
    /// </summary>
    /// <exception cref="MapException">The grid's projection does not reach the image.</exception>
    internal static (PixelRegion Inner, PixelRegion Outer) PixelsAround(SkyGrid image, SkyGrid grid)
    {
        var (minX, maxX, minY, maxY) = (double.PositiveInfinity, double.NegativeInfinity, double.PositiveInfinity, double.NegativeInfinity);
        var turn = grid.Wcs.TurnPixels;
        var anchor = double.NaN;
        foreach (var position in Border(image))
        {
            if (!grid.TryPixelOf(position, out double x, out double y)) continue;
            if (double.IsNaN(anchor)) anchor = x;
            if (turn is { } period) x -= period * Math.Round((x - anchor) / period);
            (minX, maxX, minY, maxY) = (Math.Min(minX, x), Math.Max(maxX, x), Math.Min(minY, y), Math.Max(maxY, y));
        }

        if (!double.IsFinite(anchor)) throw MapErrors.BadGeometry("IRF maps", "their projection does not reach the image");
        return (
            Pixels(Math.Round(minX), Math.Round(minY), Math.Round(maxX), Math.Round(maxY)),
            Pixels(Math.Floor(minX), Math.Floor(minY), Math.Ceiling(maxX), Math.Ceiling(maxY)));
    }

    /// <summary>First and last pixels, both included.</summary>
    private static PixelRegion Pixels(double left, double bottom, double right, double top) =>
        new((int)left, (int)bottom, (int)right - (int)left + 1, (int)top - (int)bottom + 1);

    private static IEnumerable<SkyPosition> Border(SkyGrid image)
    {
        foreach (var x in Steps(image.Width))
            foreach (var y in Steps(image.Height))
                if (image.PixelCentre(x, y) is { } centre) yield return centre;
    }

    /// <summary>First, last, and some pixels between.</summary>
    private static IEnumerable<int> Steps(int length) => Enumerable.Range(0, 9).Select(i => (int)((length - 1) * (i / 8.0))).Distinct();
}
