using TsMapSurvey.Sky;

namespace TsMapSurvey.Hips;

/// <summary>The HEALPix cells that share a part of the sky with the pixels that a survey's tile owns.</summary>
public static class TileCells
{
    /// <summary>Points along a pixel's side on the rim: a cell that reaches less far into the tile has none of its pixels there.</summary>
    private const int PointsPerPixel = 4;

    /// <summary>Points along a cell's side in the interior. Cells near the poles are drawn out, but never to a quarter.</summary>
    private const int PointsPerCell = 4;

    /// <summary>The indices of the cells, ascending.</summary>
    /// <param name="order">Their order.</param>
    public static long[] Of(ITiling tiling, TileId tile, int order)
    {
        var (grid, owned) = (tiling.GridOf(tile), tiling.Owned(tile, 0));
        var cells = new SortedSet<long>();
        var step = Math.Max(1, (int)(HipsOrders.SideDeg(order) / (PointsPerCell * grid.PixelScaleDeg)));
        if (owned.IsRectangle) AddRectangle(cells, grid, owned.Box, step, order);
        else
            foreach (var run in owned.Runs())
                AddRectangle(cells, grid, run, step, order);
        return [.. cells];
    }

    private static void AddRectangle(SortedSet<long> cells, SkyGrid grid, PixelRegion box, int step, int order)
    {
        // The edges are half a pixel outside the centres; a little inside, since a point on an edge may belong to the neighbour.
        const double edge = 0.5 - 1e-6;
        var (left, right, bottom, top) = (box.X - edge, box.Right - 1 + edge, box.Y - edge, box.Bottom - 1 + edge);
        for (var i = 0; i <= box.Width * PointsPerPixel; i++)
        {
            var x = Math.Min(left + (double)i / PointsPerPixel, right);
            Add(cells, grid, x, bottom, order);
            Add(cells, grid, x, top, order);
        }

        for (var i = 0; i <= box.Height * PointsPerPixel; i++)
        {
            var y = Math.Min(bottom + (double)i / PointsPerPixel, top);
            Add(cells, grid, left, y, order);
            Add(cells, grid, right, y, order);
        }

        for (var y = box.Y; y < box.Bottom; y += step)
            for (var x = box.X; x < box.Right; x += step)
                Add(cells, grid, x, y, order);
    }

    private static void Add(SortedSet<long> cells, SkyGrid grid, double x, double y, int order)
    {
        if (grid.Wcs.TryPixelToSky(x, y, out var lonDeg, out var latDeg))
            cells.Add(HealpixCell.Containing(new SkyPosition(lonDeg, latDeg, grid.Frame), order).Index);
    }
}
