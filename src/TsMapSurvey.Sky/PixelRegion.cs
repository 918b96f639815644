namespace TsMapSurvey.Sky;

/// <summary>A rectangle of pixels: columns X to X+Width-1, rows Y to Y+Height-1 (0-based, may be negative). Empty if a side is not
/// positive.</summary>
public readonly record struct PixelRegion(int X, int Y, int Width, int Height)
{
    public bool IsEmpty => Width <= 0 || Height <= 0;

    public long Area => IsEmpty ? 0 : (long)Width * Height;

    /// <summary>One past the last column.</summary>
    public int Right => X + Width;

    /// <summary>One past the last row.</summary>
    public int Bottom => Y + Height;

    public bool Contains(int x, int y) => x >= X && x < Right && y >= Y && y < Bottom;

    /// <summary>Whether this rectangle contains every pixel of the other. True if the other is empty.</summary>
    public bool Contains(PixelRegion other) =>
        other.IsEmpty || (other.X >= X && other.Right <= Right && other.Y >= Y && other.Bottom <= Bottom);

    /// <summary>The common pixels; <c>default</c> if there are none.</summary>
    public PixelRegion Intersect(PixelRegion other)
    {
        if (IsEmpty || other.IsEmpty) return default;
        int x = Math.Max(X, other.X), y = Math.Max(Y, other.Y);
        var both = new PixelRegion(x, y, Math.Min(Right, other.Right) - x, Math.Min(Bottom, other.Bottom) - y);
        return both.IsEmpty ? default : both;
    }

    public PixelRegion Union(PixelRegion other)
    {
        if (IsEmpty) return other;
        if (other.IsEmpty) return this;
        int x = Math.Min(X, other.X), y = Math.Min(Y, other.Y);
        return new PixelRegion(x, y, Math.Max(Right, other.Right) - x, Math.Max(Bottom, other.Bottom) - y);
    }

    /// <summary>Extends the rectangle by the margin on all four sides. A negative margin shrinks it.</summary>
    public PixelRegion Grow(int margin) => new(X - margin, Y - margin, Width + 2 * margin, Height + 2 * margin);

    public PixelRegion Shift(int dx, int dy) => this with { X = X + dx, Y = Y + dy };
}
