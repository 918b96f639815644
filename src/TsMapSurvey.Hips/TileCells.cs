using TsMapSurvey.Sky;

namespace TsMapSurvey.Hips;

/// <summary>The HEALPix cells that share a part of the sky with the pixels that a survey's tile owns.</summary>
public static class TileCells
{
    /// <summary>Points along a pixel's side on the rim: a cell that reaches less far into the tile has none of its pixels there.</summary>
    private const double PointsPerPixel = 4;

    /// <summary>Points along a cell's side. Cells near the poles are drawn out, but never to a quarter.</summary>
    private const double PointsPerCell = 4;

    /// <summary>The indices of the cells, ascending.</summary>
    /// <param name="order">Their order.</param>
    public static long[] Of(ITiling tiling, TileId tile, int order)
    {
        if (tiling is ICellTiling cellTiling) return Inside(cellTiling.CellOf(tile), order);
        var (grid, owned) = (tiling.GridOf(tile), tiling.Owned(tile, 0));
        var cells = new SortedSet<long>();
        if (owned.IsRectangle) AddRectangle(cells, grid, owned.Box, order);
        else
            foreach (var run in owned.Runs())
                AddRectangle(cells, grid, run, order);
        AddTips(cells, tiling, tile, order);
        return [.. cells];
    }

    /// <summary>The cells of an order in a cell, or the one that contains it.</summary>
    private static long[] Inside(HealpixCell cell, int order)
    {
        if (order <= cell.Order) return [cell.Index >> (2 * (cell.Order - order))];
        var cells = new long[1 << (2 * (order - cell.Order))];
        for (var i = 0; i < cells.Length; i++) cells[i] = cell.Index * cells.Length + i;
        return cells;
    }

    /// <summary>
    /// Adds the cells of which only a tip reaches into the tile, between the points of its rim: the tip is a corner of the cells around it.
    /// </summary>
    private static void AddTips(SortedSet<long> cells, ITiling tiling, TileId tile, int order)
    {
        var aroundDeg = HipsOrders.SideDeg(order) / 1000;
        foreach (var corner in cells.SelectMany(index => new HealpixCell(order, index).Corners()).ToArray())
        {
            if (tiling.Owner(corner)?.Tile != tile) continue;
            for (var angleDeg = 0; angleDeg < 360; angleDeg += 90)
                cells.Add(HealpixCell.Containing(corner.DirectionalOffset(angleDeg, aroundDeg), order).Index);
        }
    }

    private static void AddRectangle(SortedSet<long> cells, SkyGrid grid, PixelRegion box, int order)
    {
        // The edges are half a pixel outside the centres; a little inside, since a point on an edge may belong to the neighbour.
        const double edge = 0.5 - 1e-6;
        var (left, right, bottom, top) = (box.X - edge, box.Right - 1 + edge, box.Y - edge, box.Bottom - 1 + edge);
        var inside = HipsOrders.SideDeg(order) / (PointsPerCell * grid.PixelScaleDeg);
        var rim = Math.Min(inside, 1 / PointsPerPixel);
        foreach (var x in Places(left, right, rim))
        {
            Add(cells, grid, x, bottom, order);
            Add(cells, grid, x, top, order);
        }

        foreach (var y in Places(bottom, top, rim))
        {
            Add(cells, grid, left, y, order);
            Add(cells, grid, right, y, order);
        }

        foreach (var y in Places(bottom, top, inside))
            foreach (var x in Places(left, right, inside))
                Add(cells, grid, x, y, order);
    }

    /// <summary>Both ends, and places between them that are at most a step apart.</summary>
    private static IEnumerable<double> Places(double first, double last, double step)
    {
        var count = Math.Max(1, Math.Ceiling((last - first) / step));
        for (var i = 0; i <= count; i++) yield return first + (last - first) * i / count;
    }

    private static void Add(SortedSet<long> cells, SkyGrid grid, double x, double y, int order)
    {
        if (grid.Wcs.TryPixelToSky(x, y, out var lonDeg, out var latDeg))
            cells.Add(HealpixCell.Containing(new SkyPosition(lonDeg, latDeg, grid.Frame), order).Index);
    }
}
