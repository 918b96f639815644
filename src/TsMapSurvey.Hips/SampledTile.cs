using TsMapSurvey.Sky;

namespace TsMapSurvey.Hips;

/// <summary>A tile whose pixels are not larger than the survey's: each has the value at the position of its centre.</summary>
public static class SampledTile
{
    /// <summary>The pixels as rows, bottom row first; NaN where there is no value.</summary>
    /// <param name="cell">A tile of order <see cref="HipsOrders.Deepest"/> or lower.</param>
    public static float[] Sample(HealpixCell cell, OwnedImages images, CancellationToken cancellationToken)
    {
        const double step = 1.0 / TilePixels.Width;
        if (images.Cells is { } tiling) return SampleCells(cell, tiling.Order, images, cancellationToken);
        var pixels = new float[TilePixels.Count];
        for (var x = 0; x < TilePixels.Width; x++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var y = 0; y < TilePixels.Width; y++)
                pixels[TilePixels.Offset(x, y)] = (float)images.At(cell.PositionAt((x + 0.5) * step, (y + 0.5) * step));
        }

        return pixels;
    }

    /// <summary>
    /// With a tile for each cell of an order: the tile of each pixel follows from the pixel's number. A HiPS tile is in one of them, or has
    /// a block of pixels for each.
    /// </summary>
    private static float[] SampleCells(HealpixCell cell, int order, OwnedImages images, CancellationToken cancellationToken)
    {
        var (pixels, depth) = (TilePixels.Blank(), Math.Max(0, order - cell.Order));
        var (blocks, side) = (1 << depth, TilePixels.Width >> depth);
        for (var block = 0L; block < (long)blocks * blocks; block++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var inside = new HealpixCell(cell.Order + depth, (cell.Index << (2 * depth)) + block);
            var owner = new HealpixCell(order, inside.Index >> (2 * (inside.Order - order)));
            if (images.In(owner) is not var (grid, values)) continue;
            var (column, row) = ZOrder.Split(block);
            for (var x = 0; x < side; x++)
                for (var y = 0; y < side; y++)
                    if (grid.TryPixelOf(inside.PositionAt((x + 0.5) / side, (y + 0.5) / side), out int left, out int bottom))
                        pixels[TilePixels.Offset(((int)column * side) + x, ((int)row * side) + y)] =
                            (float)values[bottom * grid.Width + left];
        }

        return pixels;
    }
}
