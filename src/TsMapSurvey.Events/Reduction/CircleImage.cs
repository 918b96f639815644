using TsMapSurvey.Sky;

namespace TsMapSurvey.Events.Reduction;

/// <summary>The part of an image around a circle on the sky.</summary>
internal static class CircleImage
{
    /// <summary>Pixels of a large image are looked at in blocks of this width.</summary>
    private const int LargeBlock = 8;

    private const int LargeImage = 64;

    /// <summary>The smallest rectangle of blocks that has all pixels nearer to the centre than the radius; one pixel if there is none.
    /// </summary>
    public static SkyGrid Around(SkyGrid image, SkyPosition centre, double radiusDeg)
    {
        var block = Math.Max(image.Width, image.Height) >= LargeImage ? LargeBlock : 1;
        // Half the diagonal of a block, twice over, since pixels may be wider on the sky than the scale of the image.
        var reach = radiusDeg + 2 * 0.7072 * (block + 1) * image.PixelScaleDeg;
        var found = default(PixelRegion);
        for (var y = 0; y < image.Height; y += block)
            for (var x = 0; x < image.Width; x += block)
                if (image.PixelCentre(x + block / 2, y + block / 2) is not { } at || at.SeparationDeg(centre) <= reach)
                    found = found.Union(new PixelRegion(x, y, block, block));
        return image.Cutout(found.IsEmpty ? new PixelRegion(0, 0, 1, 1) : found.Intersect(image.Region));
    }
}
