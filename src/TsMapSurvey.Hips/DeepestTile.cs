using TsMapSurvey.Sky;

namespace TsMapSurvey.Hips;

/// <summary>A tile of the deepest order: each pixel has the value at the position of its centre.</summary>
public static class DeepestTile
{
    /// <summary>The pixels as rows, bottom row first; NaN where there is no value.</summary>
    /// <param name="cell">A tile of order <see cref="HipsOrders.Deepest"/> or lower.</param>
    public static float[] Sample(HealpixCell cell, OwnedImages images, CancellationToken cancellationToken)
    {
        const double step = 1.0 / TilePixels.Width;
        var pixels = new float[TilePixels.Count];
        for (var x = 0; x < TilePixels.Width; x++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var y = 0; y < TilePixels.Width; y++)
                pixels[TilePixels.Offset(x, y)] = (float)images.At(cell.PositionAt((x + 0.5) * step, (y + 0.5) * step));
        }

        return pixels;
    }
}
