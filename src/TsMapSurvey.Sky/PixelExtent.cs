namespace TsMapSurvey.Sky;

/// <summary>
/// The range of pixel coordinates in which positions lie on a grid, which may extend beyond it. On a grid on which the sky repeats, they
/// count on from the first position by less than half a turn.
/// </summary>
public readonly record struct PixelExtent(double MinX, double MaxX, double MinY, double MaxY)
{
    /// <summary>Null if the grid's projection shows none of the positions.</summary>
    public static PixelExtent? Of(SkyGrid grid, IEnumerable<SkyPosition> positions)
    {
        PixelExtent? found = null;
        var (turn, anchor) = (grid.Wcs.TurnPixels, 0.0);
        foreach (var position in positions)
        {
            if (!grid.TryPixelOf(position, out double x, out double y)) continue;
            if (found is null) anchor = x;
            if (turn is { } period) x -= period * Math.Round((x - anchor) / period);
            found = found is { } known
                ? new PixelExtent(Math.Min(known.MinX, x), Math.Max(known.MaxX, x), Math.Min(known.MinY, y), Math.Max(known.MaxY, y))
                : new PixelExtent(x, x, y, y);
        }

        return found;
    }
}
