using System.Diagnostics;

namespace TsMapSurvey.Sky;

/// <summary>
/// The pixels of a tile's image that the tile owns: all pixels of a rectangle, or some of them. Tiles that have pixel grids of their own
/// also show the pixels around these: a position that the tile owns may be in a pixel whose centre another tile owns.
/// </summary>
public sealed class OwnedRegion
{
    private readonly bool[]? _mask;
    private readonly bool[]? _shown;

    public OwnedRegion(PixelRegion box) => Box = box;

    /// <param name="mask">Whether the tile owns a pixel of the box, row by row.</param>
    /// <param name="shown">Whether the tile has values for it; null: as the mask.</param>
    public OwnedRegion(PixelRegion box, bool[] mask, bool[]? shown = null)
    {
        Debug.Assert(mask.Length == box.Area && (shown is null || shown.Length == box.Area), "one element for each pixel");
        (Box, _mask, _shown) = (box, mask, shown ?? mask);
    }

    /// <summary>The rectangle around the owned pixels, or a larger one.</summary>
    public PixelRegion Box { get; }

    /// <summary>Whether the tile owns every pixel of the box.</summary>
    public bool IsRectangle => _mask is null;

    public bool Contains(int x, int y) => IsSet(_mask, x, y);

    /// <summary>Whether the tile's maps have values for a pixel: it owns the pixel, or at least positions in it, or nearly.</summary>
    public bool Shows(int x, int y) => IsSet(_shown, x, y);

    /// <summary>The owned pixels as runs within rows, each one pixel high: row by row, from left to right.</summary>
    public IEnumerable<PixelRegion> Runs() => Runs(_mask);

    /// <summary>The shown pixels as runs, in the same order.</summary>
    public IEnumerable<PixelRegion> ShownRuns() => Runs(_shown);

    /// <summary>Sets all pixels that the tile does not show to a value.</summary>
    /// <param name="images">One or several images of the box, one after the other, row by row.</param>
    public void Blank(Span<double> images, double value = double.NaN)
    {
        if (_shown is null) return;
        Debug.Assert(images.Length % _shown.Length == 0, "whole images of the box");
        for (var i = 0; i < images.Length; i++)
            if (!_shown[i % _shown.Length]) images[i] = value;
    }

    /// <summary>The same pixels in the coordinates of a larger image.</summary>
    internal OwnedRegion Shift(int dx, int dy)
    {
        var box = Box.Shift(dx, dy);
        return _mask is null ? new OwnedRegion(box) : new OwnedRegion(box, _mask, _shown);
    }

    private bool IsSet(bool[]? mask, int x, int y) => Box.Contains(x, y) && (mask is null || mask[(y - Box.Y) * Box.Width + x - Box.X]);

    private IEnumerable<PixelRegion> Runs(bool[]? mask)
    {
        for (var y = Box.Y; y < Box.Bottom; y++)
        {
            var start = Box.X;
            while (start < Box.Right)
            {
                var end = start;
                while (IsSet(mask, end, y)) end++;
                if (end > start) yield return new PixelRegion(start, y, end - start, 1);
                start = end + 1;
            }
        }
    }
}
