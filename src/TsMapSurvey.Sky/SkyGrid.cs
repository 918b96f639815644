namespace TsMapSurvey.Sky;

/// <summary>An image's geometry: a WCS and its size in pixels. Pixel (x, y), 0-based, covers x - 0.5 to x + 0.5.</summary>
/// <exception cref="SkyException">The size is not positive, or too large for one array.</exception>
public sealed partial record SkyGrid(Wcs Wcs, int Width, int Height)
{
    // Leaves room to add sizes and shifts in an int.
    internal const int LongestSide = 1 << 28;

    public int Width { get; } = Width is > 0 and <= LongestSide && Height is > 0 and <= LongestSide && (long)Width * Height <= int.MaxValue
        ? Width : throw SkyErrors.BadSize(Width, Height);

    public int Height { get; } = Height;

    /// <summary>All pixels: (0, 0, Width, Height).</summary>
    public PixelRegion Region => new(0, 0, Width, Height);

    public SkyFrame Frame => Wcs.Frame;

    public double PixelScaleDeg => Wcs.PixelScaleDeg;

    /// <summary>The sky at pixel coordinate ((Width - 1) / 2, (Height - 1) / 2), which for an even size is a corner or side of
    /// pixels.</summary>
    /// <exception cref="SkyException">There is no sky (CAR beyond the native pole).</exception>
    public SkyPosition Centre => Wcs.TryPixelToSky((Width - 1) / 2.0, (Height - 1) / 2.0, out var lon, out var lat)
        ? new SkyPosition(lon, lat, Frame) : throw SkyErrors.NoSky(Width, Height);

    /// <summary>The sky at the centre of a pixel, which may lie outside the image; null where there is no sky.</summary>
    public SkyPosition? PixelCentre(int x, int y) =>
        Wcs.TryPixelToSky(x, y, out var lon, out var lat) ? new SkyPosition(lon, lat, Frame) : null;

    /// <summary>Whether a pixel's centre is on the sky: not beyond a pole, nor in the corners of an all-sky image.</summary>
    public bool HasSky(int x, int y) => Wcs.TryPixelToSky(x, y, out _, out _);

    /// <summary>
    /// Whether every pixel's centre is on the sky. In all projections the sky's image is convex, so that the corners tell.
    /// </summary>
    public bool IsSkyEverywhere => HasSky(0, 0) && HasSky(Width - 1, 0) && HasSky(0, Height - 1) && HasSky(Width - 1, Height - 1);

    /// <summary>
    /// The pixel coordinate of a position of any frame, which may lie outside the image. Where the sky repeats along x (CAR), the copy
    /// nearest to the image's centre is taken: an image may cross the native date line. False, and NaN, where there is none.
    /// </summary>
    public bool TryPixelOf(SkyPosition position, out double x, out double y)
    {
        var own = position.To(Frame);
        if (!Wcs.TrySkyToPixel(own.LonDeg, own.LatDeg, out x, out y)) return false;
        var (tx, ty) = Wcs.TurnStep;
        if (tx == 0 && ty == 0) return true;
        var turns = Math.Round(((((Width - 1) / 2.0) - x) * tx + (((Height - 1) / 2.0) - y) * ty) / (tx * tx + ty * ty));
        x += turns * tx;
        y += turns * ty;
        return true;
    }

    /// <summary>The pixel of the image that a position of any frame falls in; false where it is none of them.</summary>
    public bool TryPixelOf(SkyPosition position, out int x, out int y)
    {
        x = y = -1;
        if (!TryPixelOf(position, out double column, out double row)) return false;
        column = Math.Floor(column + 0.5);
        row = Math.Floor(row + 0.5);
        // On the seam of a full turn the coordinate may be that of either end.
        if (Wcs.TurnPixels is { } turn) column -= turn * Math.Floor(column / turn);
        if (!(column >= 0 && column < Width && row >= 0 && row < Height)) return false;
        (x, y) = ((int)column, (int)row);
        return true;
    }

    public bool Contains(SkyPosition position) => TryPixelOf(position, out int _, out int _);

    /// <summary>Other pixels of the same plane: pixel (x0, y0) becomes (0, 0). The rectangle may reach beyond this image.</summary>
    public SkyGrid Cutout(int x0, int y0, int width, int height) => new(Wcs.Cutout(x0, y0), width, height);

    public SkyGrid Cutout(PixelRegion region) => Cutout(region.X, region.Y, region.Width, region.Height);

    /// <summary>A square image around a position in the same frame and projection with square pixels of <see cref="PixelScaleDeg"/>; see
    /// <see cref="Wcs.Recentred"/>.</summary>
    /// <param name="offsetX">Pixels from the image's centre to the position.</param>
    /// <param name="offsetY">The same along y.</param>
    public SkyGrid Recentred(SkyPosition centre, int pixels, double offsetX = 0, double offsetY = 0) =>
        new(Wcs.Recentred(centre, pixels, offsetX, offsetY), pixels, pixels);

    /// <summary>
    /// Whether both images share their pixels but for a whole shift: then this image's pixel (x, y) is the other's (x + dx, y + dy).
    /// Where the sky repeats along x, the shift is the one that brings the centres closest.
    /// </summary>
    public bool IsAlignedWith(SkyGrid other, out int dx, out int dy)
    {
        if (!Wcs.IsAlignedWith(other.Wcs, out dx, out dy)) return false;
        if (Wcs.TurnPixels is { } turn)
            dx += (int)(turn * Math.Round(((other.Width - 1) / 2.0 - (Width - 1) / 2.0 - dx) / turn));
        return true;
    }

    /// <summary>Whether both images have the same pixels, each at the same place.</summary>
    public bool IsSameAs(SkyGrid other) =>
        (Width, Height) == (other.Width, other.Height) && IsAlignedWith(other, out var dx, out var dy) && (dx, dy) == (0, 0);

    /// <summary>The pixels of this image that the other one has too (of repeating ones the copy nearest to the centre).</summary>
    /// <exception cref="SkyException">The grids are not aligned.</exception>
    public PixelRegion Intersect(SkyGrid other) => IsAlignedWith(other, out var dx, out var dy)
        ? Region.Intersect(other.Region.Shift(-dx, -dy)) : throw SkyErrors.NotAligned(other.Wcs, Wcs);
}
