using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Datasets;

internal static class GridOverlap
{
    /// <summary>
    /// Pairs of rectangles of equal size, in source and target pixels: two if the images overlap on both sides of the 360 degree wrap.
    /// </summary>
    /// <exception cref="MapException">The images are not on the same pixel grid.</exception>
    public static IEnumerable<(PixelRegion Source, PixelRegion Target)> Between(string name, SkyGrid source, SkyGrid target)
    {
        if (!source.IsAlignedWith(target, out _, out _))
            throw MapErrors.NotAligned(name,
                $"found {source.Width} x {source.Height} pixels of {source.PixelScaleDeg:g6} deg in {source.Frame} "
                + $"{source.Wcs.Projection}, expected a grid shifted by whole pixels, with pixels of {target.PixelScaleDeg:g6} deg in "
                + $"{target.Frame} {target.Wcs.Projection}");
        return source.Overlaps(target);
    }
}
