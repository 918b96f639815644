using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Datasets;

/// <summary>The pixels that two aligned images share.</summary>
internal static class GridOverlap
{
    /// <summary>
    /// Pairs of equal rectangles, in the source's and in the target's pixels; two where the images meet across the 360 degree seam.
    /// </summary>
    /// <exception cref="MapException">The images are not on one pixel grid.</exception>
    public static IEnumerable<(PixelRegion Source, PixelRegion Target)> Between(string name, SkyGrid source, SkyGrid target)
    {
        if (!source.IsAlignedWith(target, out _, out _))
            throw MapErrors.NotAligned(name,
                $"its {source.Width} x {source.Height} pixels of {source.PixelScaleDeg:g6} deg in {source.Frame} {source.Wcs.Projection} "
                + $"are no whole-pixel shift of this one's, of {target.PixelScaleDeg:g6} deg in {target.Frame} {target.Wcs.Projection}");
        return source.Overlaps(target);
    }
}
