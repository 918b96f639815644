using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Datasets;

/// <summary>
/// The shapes of a stack of known datasets. Its IRF maps have only the IRF pixels of these datasets, so the stack of one dataset has that
/// dataset's maps. Tiles of a survey, whose future observations are unknown, use <see cref="StackGeometry.Covering"/>.
/// </summary>
public static class StackUnion
{
    /// <param name="image">The image of counts, background, exposure and mask.</param>
    /// <param name="shapes">The shapes of the datasets. The first one gives the axes, and the IRF grid if the grids differ.</param>
    public static StackGeometry Of(SkyGrid image, IReadOnlyList<StackGeometry> shapes) => shapes[0] with
    {
        Image = image,
        Psf = Join(image, shapes, shape => shape.Psf),
        Edisp = Join(image, shapes, shape => shape.Edisp),
    };

    /// <summary>Null if no dataset has the map; a region if no dataset has it on a grid.</summary>
    private static MapGeometry? Join(SkyGrid image, IReadOnlyList<StackGeometry> shapes, Func<StackGeometry, MapGeometry?> irfOf)
    {
        MapGeometry[] irfs = [.. shapes.Select(irfOf).OfType<MapGeometry>()];
        if (irfs.Length == 0) return null;
        SkyGrid[] grids = [.. irfs.Select(irf => irf.Grid).OfType<SkyGrid>()];
        if (grids.Length == 0) return irfs[0];
        var (first, region, isEachAligned) = (grids[0], grids[0].Region, true);
        foreach (var grid in grids)
        {
            if (grid.IsAlignedWith(first, out var dx, out var dy)) region = region.Union(grid.Region.Shift(dx, dy));
            else isEachAligned = false;
        }

        // IRFs on other grids are interpolated, so all pixels at the image are needed. If the image is a cutout, pixels around it suffice.
        var around = StackGeometry.PixelsAround(image, first);
        if (!isEachAligned) region = region.Union(around.Inner);
        else if (!shapes.All(shape => image.Contains(shape.Image)) && region.Intersect(around.Outer) is { IsEmpty: false } part)
            region = part;
        return irfs[0].WithGrid(first.Cutout(region));
    }

    private static bool Contains(this SkyGrid image, SkyGrid other) =>
        other.IsAlignedWith(image, out var dx, out var dy) && image.Region.Contains(other.Region.Shift(dx, dy));
}
