using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Coverage;

/// <summary>Marked pixels of an image. Counts those in a rectangle in constant time, by sums over all rectangles at the origin.</summary>
internal sealed class MarkedPixels
{
    /// <summary>Far more pixels on a side than any cell that is asked for, and far fewer than a turn of the sky.</summary>
    private const int LargestBox = 200;

    private readonly int[] _sums;

    public MarkedPixels(SkyGrid grid, bool[] image)
    {
        (Grid, Image, _sums) = (grid, image, new int[(grid.Width + 1) * (grid.Height + 1)]);
        for (var y = 0; y < grid.Height; y++)
            for (int x = 0, row = 0; x < grid.Width; x++)
            {
                row += image[y * grid.Width + x] ? 1 : 0;
                _sums[Sum(x + 1, y + 1)] = _sums[Sum(x + 1, y)] + row;
            }
    }

    public SkyGrid Grid { get; }

    public bool[] Image { get; }

    /// <summary>The number of marked pixels in the part of a rectangle that is in the image.</summary>
    public int Count(PixelRegion box)
    {
        var inside = box.Intersect(Grid.Region);
        return inside.IsEmpty ? 0 : _sums[Sum(inside.Right, inside.Bottom)] - _sums[Sum(inside.X, inside.Bottom)]
            - _sums[Sum(inside.Right, inside.Y)] + _sums[Sum(inside.X, inside.Y)];
    }

    /// <summary>
    /// The pixels of a cell of a few pixels, with a border, since a cell's edges are not straight. Null if the cell has parts without a
    /// pixel, or on both sides of the image's end where the sky repeats.
    /// </summary>
    public PixelRegion? BoxOf(HealpixCell cell)
    {
        var (left, right, bottom, top) = (double.MaxValue, double.MinValue, double.MaxValue, double.MinValue);
        foreach (var corner in cell.Corners())
        {
            if (!Grid.TryPixelOf(corner, out double x, out double y)) return null;
            (left, right) = (Math.Min(left, x), Math.Max(right, x));
            (bottom, top) = (Math.Min(bottom, y), Math.Max(top, y));
        }

        if (right - left > LargestBox || top - bottom > LargestBox) return null;
        var box = new PixelRegion((int)Math.Floor(left), (int)Math.Floor(bottom), 0, 0);
        box = box with { Width = (int)Math.Ceiling(right) + 1 - box.X, Height = (int)Math.Ceiling(top) + 1 - box.Y };
        return box.Grow(1 + Math.Max(box.Width, box.Height) / 4);
    }

    private int Sum(int x, int y) => y * (Grid.Width + 1) + x;
}
