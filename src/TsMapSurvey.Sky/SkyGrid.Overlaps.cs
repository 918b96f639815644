namespace TsMapSurvey.Sky;

// The overlap of two images on one grid. With the shift (dx, dy) from this image to the other, and P the number of pixels in 360 degrees,
// pixel (x, y) is the other's pixel (x + dx + k P, y + dy) for every integer k: a column of sky has many column numbers, and all of them
// that lie inside the other image count. If P is not an integer, only k = 0 counts.
public sealed partial record SkyGrid
{
    /// <summary>
    /// All pixels that two images share, as pairs of rectangles of equal size: Source in this image, Target in the other. If this image is
    /// at most 360 degrees wide, each target pixel is in one pair only. There is more than one pair only if the images overlap on both
    /// sides of the 360 degree wrap.
    /// </summary>
    /// <exception cref="SkyException">The grids are not aligned.</exception>
    public IEnumerable<(PixelRegion Source, PixelRegion Target)> Overlaps(SkyGrid other)
    {
        if (!IsAlignedWith(other, out var dx, out var dy)) throw SkyErrors.NotAligned(Wcs, other.Wcs);
        var (first, last) = Turns(Region.Shift(dx, dy), other.Region);
        for (var turn = first; turn <= last; turn++)
        {
            var shift = dx + turn * (Wcs.TurnPixels ?? 0);
            var shared = Region.Shift(shift, dy).Intersect(other.Region);
            if (!shared.IsEmpty) yield return (shared.Shift(-shift, -dy), shared);
        }
    }

    /// <summary>
    /// The range of k for which the columns pixels.X + kP to pixels.Right + kP overlap the window: kP &lt; window.Right - pixels.X and
    /// kP > window.X - pixels.Right. Last is less than First if there is none.
    /// </summary>
    internal (int First, int Last) Turns(PixelRegion pixels, PixelRegion window)
    {
        if (Wcs.TurnPixels is not { } turn) return pixels.X < window.Right && pixels.Right > window.X ? (0, 0) : (1, 0);
        var first = Math.Floor((window.X - (double)pixels.Right) / turn) + 1;
        var last = Math.Ceiling((window.Right - (double)pixels.X) / turn) - 1;
        return ((int)first, (int)last);
    }
}
