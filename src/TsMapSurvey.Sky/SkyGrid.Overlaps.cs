namespace TsMapSurvey.Sky;

// Where two images of one grid meet. With (dx, dy) the shift from this image to the other, and P the pixels of a full turn, pixel (x, y) is
// the other's pixel (x + dx + k P, y + dy) for every whole k: one column of sky has many names, and a window of the plane takes each name
// that falls into it. Without a whole P, k = 0 alone.
public sealed partial record SkyGrid
{
    /// <summary>
    /// The pixels that two images share, as pairs of equal rectangles: Source in this image's pixels, Target in the other's. None is left
    /// out, and, while this image is no wider than 360 degrees, no target pixel is in two of them; more than one pair comes only from the
    /// 360 degree wrap.
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
    /// The k for which the columns pixels.X + kP to pixels.Right + kP meet the window's: kP &lt; window.Right - pixels.X and
    /// kP > window.X - pixels.Right. Last is less than First where there is none.
    /// </summary>
    internal (int First, int Last) Turns(PixelRegion pixels, PixelRegion window)
    {
        if (Wcs.TurnPixels is not { } turn) return pixels.X < window.Right && pixels.Right > window.X ? (0, 0) : (1, 0);
        var first = Math.Floor((window.X - (double)pixels.Right) / turn) + 1;
        var last = Math.Ceiling((window.Right - (double)pixels.X) / turn) - 1;
        return ((int)first, (int)last);
    }
}
