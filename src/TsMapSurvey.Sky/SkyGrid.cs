namespace TsMapSurvey.Sky;

/// <summary>The geometry of an image: a WCS and a size in pixels. Pixel (x, y), 0-based, covers x - 0.5 to x + 0.5.</summary>
/// <exception cref="SkyException">The size is not positive, or too large for one array.</exception>
public sealed partial record SkyGrid(Wcs Wcs, int Width, int Height)
{
    // Small enough that sums of sizes and shifts fit in an int.
    internal const int LongestSide = 1 << 28;

    public int Width { get; } = Width is > 0 and <= LongestSide && Height is > 0 and <= LongestSide && (long)Width * Height <= int.MaxValue
        ? Width : throw SkyErrors.BadSize(Width, Height);

    public int Height { get; } = Height;

    /// <summary>All pixels: (0, 0, Width, Height).</summary>
    public PixelRegion Region => new(0, 0, Width, Height);

    public SkyFrame Frame => Wcs.Frame;

    public double PixelScaleDeg => Wcs.PixelScaleDeg;

    /// <summary>The sky position at pixel coordinate ((Width - 1) / 2, (Height - 1) / 2). For an even size this is on a pixel boundary.
    /// </summary>
    /// <exception cref="SkyException">There is no sky position (CAR beyond the native pole).</exception>
    public SkyPosition Centre => Wcs.TryPixelToSky((Width - 1) / 2.0, (Height - 1) / 2.0, out var lon, out var lat)
        ? new SkyPosition(lon, lat, Frame) : throw SkyErrors.NoSky(Width, Height);

    /// <summary>The sky position of a pixel's centre; null if there is none. The pixel may be outside the image.</summary>
    public SkyPosition? PixelCentre(int x, int y) =>
        Wcs.TryPixelToSky(x, y, out var lon, out var lat) ? new SkyPosition(lon, lat, Frame) : null;

    /// <summary>The centres of the pixels that are on the sky, row by row.</summary>
    /// <param name="used">The pixels that count; null: all.</param>
    public IEnumerable<SkyPosition> PixelCentres(bool[]? used = null)
    {
        for (var pixel = 0; pixel < Width * Height; pixel++)
            if (used?[pixel] != false && PixelCentre(pixel % Width, pixel / Width) is { } centre) yield return centre;
    }

    /// <summary>Whether a pixel's centre has a sky position: not beyond a pole and not in the empty corners of an all-sky image.</summary>
    public bool HasSky(int x, int y) => Wcs.TryPixelToSky(x, y, out _, out _);

    /// <summary>
    /// Whether every pixel's centre has a sky position. The image of the sky is convex in all projections, so the corners decide.
    /// </summary>
    public bool IsSkyEverywhere => HasSky(0, 0) && HasSky(Width - 1, 0) && HasSky(0, Height - 1) && HasSky(Width - 1, Height - 1);

    /// <summary>
    /// The pixel coordinate of a position in any frame; it may be outside the image. If the sky repeats along x (CAR), the copy nearest to
    /// the image's centre is returned, since an image may cross the native longitude 180. Returns false, and NaN, if there is none.
    /// </summary>
    public bool TryPixelOf(SkyPosition position, out double x, out double y)
    {
        var inFrame = position.To(Frame);
        if (!Wcs.TrySkyToPixel(inFrame.LonDeg, inFrame.LatDeg, out x, out y)) return false;
        var (tx, ty) = Wcs.TurnStep;
        if (tx == 0 && ty == 0) return true;
        var turns = Math.Round(((((Width - 1) / 2.0) - x) * tx + (((Height - 1) / 2.0) - y) * ty) / (tx * tx + ty * ty));
        x += turns * tx;
        y += turns * ty;
        return true;
    }

    /// <summary>The image pixel that contains a position in any frame. Returns false if the position is outside the image.</summary>
    public bool TryPixelOf(SkyPosition position, out int x, out int y)
    {
        x = y = -1;
        if (!TryPixelOf(position, out double column, out double row)) return false;
        column = Math.Floor(column + 0.5);
        row = Math.Floor(row + 0.5);
        // Where a full turn ends, the coordinate may belong to the first or the last column.
        if (Wcs.TurnPixels is { } turn) column -= turn * Math.Floor(column / turn);
        if (!(column >= 0 && column < Width && row >= 0 && row < Height)) return false;
        (x, y) = ((int)column, (int)row);
        return true;
    }

    public bool Contains(SkyPosition position) => TryPixelOf(position, out int _, out int _);

    /// <summary>A rectangle of the same pixel grid: pixel (x0, y0) becomes (0, 0). It may extend beyond this image.</summary>
    public SkyGrid Cutout(int x0, int y0, int width, int height) => new(Wcs.Cutout(x0, y0), width, height);

    public SkyGrid Cutout(PixelRegion region) => Cutout(region.X, region.Y, region.Width, region.Height);

    /// <summary>A square image around a position, in the same frame and projection, with square pixels of <see cref="PixelScaleDeg"/>. See
    /// <see cref="Wcs.Recentred"/>.</summary>
    /// <param name="offsetX">Pixels from the image's centre to the position.</param>
    /// <param name="offsetY">The same along y.</param>
    public SkyGrid Recentred(SkyPosition centre, int pixels, double offsetX = 0, double offsetY = 0) =>
        new(Wcs.Recentred(centre, pixels, offsetX, offsetY), pixels, pixels);

    /// <summary>
    /// Whether both images are on the same pixel grid, shifted by whole pixels: this image's pixel (x, y) is the other's (x + dx, y + dy).
    /// If the sky repeats along x, the shift with the smallest distance between the centres is returned.
    /// </summary>
    public bool IsAlignedWith(SkyGrid other, out int dx, out int dy)
    {
        if (!Wcs.IsAlignedWith(other.Wcs, out dx, out dy)) return false;
        if (Wcs.TurnPixels is { } turn)
            dx += (int)(turn * Math.Round(((other.Width - 1) / 2.0 - (Width - 1) / 2.0 - dx) / turn));
        return true;
    }

    /// <summary>Whether both images have the same size and the same pixels.</summary>
    public bool IsSameAs(SkyGrid other) =>
        (Width, Height) == (other.Width, other.Height) && IsAlignedWith(other, out var dx, out var dy) && (dx, dy) == (0, 0);

    /// <summary>The pixels of this image that are also in the other. If the sky repeats, only the copy nearest to the centre
    /// counts.</summary>
    /// <exception cref="SkyException">The grids are not aligned.</exception>
    public PixelRegion Intersect(SkyGrid other) => IsAlignedWith(other, out var dx, out var dy)
        ? Region.Intersect(other.Region.Shift(-dx, -dy)) : throw SkyErrors.NotAligned(other.Wcs, Wcs);
}
