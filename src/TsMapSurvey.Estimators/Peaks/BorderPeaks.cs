using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Peaks;

/// <summary>
/// Peaks on the border of tiles that have pixels of their own. Both tiles show the pixels there, so that both may have the peak, at
/// slightly different positions: the one in whose cell it is, or both if their positions are on different sides of the border.
/// </summary>
public static class BorderPeaks
{
    /// <summary>
    /// Two pixels: the same maximum on two grids is at most half a diagonal away from each grid's pixel, and peaks of one tile are not
    /// compared.
    /// </summary>
    private const double SamePixels = 2;

    /// <summary>
    /// Leaves out peaks that another tile has too. The peak of the tile that owns its position stays, or else the first one.
    /// </summary>
    /// <param name="tiling">If its tiles are not cells with pixels of their own, no peak is in two tiles, and all are returned.</param>
    /// <param name="place">Position, energy bin and tile of a peak.</param>
    /// <returns>The others, in their order.</returns>
    public static IReadOnlyList<T> Once<T>(
        ITiling tiling, IReadOnlyList<T> peaks, Func<T, (SkyPosition Position, int EnergyBin, TileId Tile)> place)
    {
        if (tiling is not ICellTiling cells) return peaks;
        var kept = new Dictionary<(TileId, int), NearestPositions>();
        var (stays, sameDeg) = (new bool[peaks.Count], SamePixels * tiling.PixelScaleDeg);
        var isHome = peaks.Select(peak => place(peak) is var (position, _, tile)
            && HealpixCell.Containing(position, cells.Order) == cells.CellOf(tile)).ToArray();
        foreach (var i in Enumerable.Range(0, peaks.Count).OrderBy(i => !isHome[i]))
        {
            var (position, bin, tile) = place(peaks[i]);
            if (cells.CellOf(tile).Neighbours().Any(other =>
                    kept.TryGetValue((cells.TileOf(other), bin), out var near) && near.SeparationDeg(position) < sameDeg)) continue;
            stays[i] = true;
            if (!kept.TryGetValue((tile, bin), out var own)) kept[(tile, bin)] = own = new NearestPositions();
            own.Add(position);
        }

        return [.. peaks.Where((_, i) => stays[i])];
    }
}
