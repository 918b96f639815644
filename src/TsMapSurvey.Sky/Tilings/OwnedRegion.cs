using System.Diagnostics;

namespace TsMapSurvey.Sky;

/// <summary>The pixels of a tile's image that the tile owns: all pixels of a rectangle, or some of them.</summary>
public sealed class OwnedRegion
{
    private readonly bool[]? _mask;

    public OwnedRegion(PixelRegion box) => Box = box;

    /// <param name="mask">Whether the tile owns a pixel of the box, row by row.</param>
    public OwnedRegion(PixelRegion box, bool[] mask)
    {
        Debug.Assert(mask.Length == box.Area, "one element for each pixel");
        (Box, _mask) = (box, mask);
    }

    /// <summary>The rectangle around the owned pixels.</summary>
    public PixelRegion Box { get; }

    /// <summary>Whether the tile owns every pixel of the box.</summary>
    public bool IsRectangle => _mask is null;

    public bool Contains(int x, int y) => Box.Contains(x, y) && (_mask is null || _mask[(y - Box.Y) * Box.Width + x - Box.X]);

    /// <summary>The owned pixels as runs within rows, each one pixel high: row by row, from left to right.</summary>
    public IEnumerable<PixelRegion> Runs()
    {
        for (var y = Box.Y; y < Box.Bottom; y++)
        {
            var start = Box.X;
            while (start < Box.Right)
            {
                var end = start;
                while (Contains(end, y)) end++;
                if (end > start) yield return new PixelRegion(start, y, end - start, 1);
                start = end + 1;
            }
        }
    }

    /// <summary>Sets all pixels that the tile does not own to a value.</summary>
    /// <param name="images">One or several images of the box, one after the other, row by row.</param>
    public void Blank(Span<double> images, double value = double.NaN)
    {
        if (_mask is null) return;
        Debug.Assert(images.Length % _mask.Length == 0, "whole images of the box");
        for (var i = 0; i < images.Length; i++)
            if (!_mask[i % _mask.Length]) images[i] = value;
    }
}
